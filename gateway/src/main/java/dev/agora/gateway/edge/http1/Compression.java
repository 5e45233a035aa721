package dev.agora.gateway.edge.http1;

import io.netty.handler.codec.http.HttpContentCompressor;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import dev.agora.gateway.edge.EntityTags;
import dev.agora.gateway.edge.Vary;

/**
 * Which answers are compressed for those who ask for it: texts that were read, of some
 * length. An answer to anything else may hold a secret beside what the client sent, as
 * that to a log-in does, and its compressed length would tell of it.
 */
final class Compression {

	private static final int WORTHWHILE = 1400;

	private static final Codings codings = new Codings();

	private Compression() {
	}

	/** Chooses what the server's compressor takes. */
	static boolean choose(HttpServerRequest request, HttpServerResponse answer) {
		HttpHeaders headers = answer.responseHeaders();
		return HttpMethod.GET.equals(request.method()) && isText(headers) && isWorthwhile(headers)
				&& request.requestHeaders().contains(HttpHeaderNames.ACCEPT_ENCODING);
	}

	/**
	 * Makes the head of an answer say what the compressor, which is behind, leaves out:
	 * that there are two forms, which one this is by its tag, and all of that also where
	 * no body follows. A 304 and the answer to a HEAD have the headers of the 200 and of
	 * the GET that they stand for.
	 * @param answer the answer to a GET or a HEAD
	 * @param withoutBody whether it is to a HEAD
	 */
	static void describe(HttpResponse answer, org.springframework.http.HttpHeaders request, boolean withoutBody) {
		HttpHeaders headers = answer.headers();
		if (HttpResponseStatus.NOT_MODIFIED.equals(answer.status())) {
			Vary.add(headers, HttpHeaderNames.ACCEPT_ENCODING);
			nameWhatTheClientHas(headers, request);
			return;
		}
		if (!isText(headers)) {
			return;
		}
		Vary.add(headers, HttpHeaderNames.ACCEPT_ENCODING);
		if (withoutBody && isWorthwhile(headers)) {
			String coding = coding(request);
			if (coding != null) {
				headers.set(HttpHeaderNames.CONTENT_ENCODING, coding).remove(HttpHeaderNames.CONTENT_LENGTH);
			}
		}
		mark(headers, headers.get(HttpHeaderNames.CONTENT_ENCODING));
	}

	/**
	 * A client that has the compressed form must not take the tag for the plain one's.
	 */
	private static void nameWhatTheClientHas(HttpHeaders answer, org.springframework.http.HttpHeaders request) {
		String sent = request.getFirst(EntityTags.SENT);
		String tag = answer.get(HttpHeaderNames.ETAG);
		String coding = coding(request);
		if (sent != null && tag != null && coding != null && sent.contains(EntityTags.encoded(tag, coding))) {
			mark(answer, coding);
		}
	}

	private static void mark(HttpHeaders answer, @Nullable String coding) {
		String tag = answer.get(HttpHeaderNames.ETAG);
		if (tag != null && coding != null) {
			answer.set(HttpHeaderNames.ETAG, EntityTags.encoded(tag, coding));
		}
	}

	private static @Nullable String coding(org.springframework.http.HttpHeaders request) {
		String accepted = String.join(",", request.getOrEmpty(org.springframework.http.HttpHeaders.ACCEPT_ENCODING));
		return accepted.isEmpty() ? null : codings.determineEncoding(accepted);
	}

	/** Not of event streams, whose events must not wait for a block to fill. */
	private static boolean isText(HttpHeaders answer) {
		String type = answer.get(HttpHeaderNames.CONTENT_TYPE);
		return type != null && (type.startsWith("application/json") || type.startsWith("text/html")
				|| type.startsWith("text/css") || type.startsWith("text/javascript") || type.startsWith("text/plain")
				|| type.startsWith("application/xml"));
	}

	/** A length that is not told yet is taken for a long one. */
	private static boolean isWorthwhile(HttpHeaders answer) {
		String length = answer.get(HttpHeaderNames.CONTENT_LENGTH);
		return !answer.contains(HttpHeaderNames.CONTENT_ENCODING)
				&& (length == null || length.length() > 4 || Integer.parseInt(length) >= WORTHWHILE);
	}

	/** Asks Netty's compressor which coding it would choose. */
	private static final class Codings extends HttpContentCompressor {

		@Override
		protected @Nullable String determineEncoding(String accepted) {
			return super.determineEncoding(accepted);
		}

	}

}
