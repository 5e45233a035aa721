package dev.agora.gateway.edge;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Which answers are compressed for those who ask for it: texts that were read, of some
 * length. An answer to anything else may hold a secret beside what the client sent, as
 * that to a log-in does, and its compressed length would tell of it.
 */
final class Compression {

	private static final int WORTHWHILE = 1400;

	private Compression() {
	}

	/** Chooses, and tells caches that the answer has two forms. */
	static boolean choose(HttpServerRequest request, HttpServerResponse answer) {
		HttpHeaders headers = answer.responseHeaders();
		if (!HttpMethod.GET.equals(request.method()) || !isText(headers.get(HttpHeaderNames.CONTENT_TYPE))
				|| headers.contains(HttpHeaderNames.CONTENT_ENCODING)
				|| !isLong(headers.get(HttpHeaderNames.CONTENT_LENGTH))) {
			return false;
		}
		headers.add(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT_ENCODING);
		return request.requestHeaders().contains(HttpHeaderNames.ACCEPT_ENCODING);
	}

	/** Not of event streams, whose events must not wait for a block to fill. */
	private static boolean isText(@Nullable String type) {
		return type != null && (type.startsWith("application/json") || type.startsWith("text/html")
				|| type.startsWith("text/css") || type.startsWith("text/plain") || type.startsWith("application/xml"));
	}

	/** A length that is not told yet is taken for a long one. */
	private static boolean isLong(@Nullable String length) {
		return length == null || length.length() > 4 || Integer.parseInt(length) >= WORTHWHILE;
	}

}
