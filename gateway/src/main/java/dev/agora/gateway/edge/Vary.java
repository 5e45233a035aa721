package dev.agora.gateway.edge;

import java.util.List;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;

/** Writes the header {@code Vary} as one line, since some caches ignore a second one. */
public final class Vary {

	private Vary() {
	}

	/** Declares that the response depends on a header of the request. */
	public static void add(HttpHeaders response, AsciiString header) {
		List<String> present = response.getAll(HttpHeaderNames.VARY);
		if (present.isEmpty()) {
			response.set(HttpHeaderNames.VARY, header);
		}
		else if (!response.containsValue(HttpHeaderNames.VARY, header, true)) {
			response.set(HttpHeaderNames.VARY, String.join(", ", present) + ", " + header);
		}
	}

}
