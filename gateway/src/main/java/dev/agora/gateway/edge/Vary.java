package dev.agora.gateway.edge;

import java.util.List;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;

/** The header {@code Vary}, in one line: some caches read no second one. */
public final class Vary {

	private Vary() {
	}

	/** Says that the answer depends on a header of the request. */
	public static void add(HttpHeaders answer, AsciiString header) {
		List<String> there = answer.getAll(HttpHeaderNames.VARY);
		if (there.isEmpty()) {
			answer.set(HttpHeaderNames.VARY, header);
		}
		else if (!answer.containsValue(HttpHeaderNames.VARY, header, true)) {
			answer.set(HttpHeaderNames.VARY, String.join(", ", there) + ", " + header);
		}
	}

}
