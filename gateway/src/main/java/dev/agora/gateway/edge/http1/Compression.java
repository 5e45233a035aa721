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

import dev.agora.gateway.edge.AcceptedCodings;
import dev.agora.gateway.edge.EntityTags;
import dev.agora.gateway.edge.Vary;

/**
 * Selects the responses that are compressed for clients that accept it: texts from reads,
 * from a minimum length on. Any other response may contain a secret next to input of the
 * client, as the response to a log-in does, and its compressed length would reveal
 * something of the secret.
 */
final class Compression {

	private static final int MIN_LENGTH = 1400;

	/** Files that the build has compressed have this form; the server makes none. */
	private static final String BROTLI = "br";

	private static final Codings codings = new Codings();

	private Compression() {
	}

	/** Decides what the server's compressor handles. */
	static boolean shouldCompress(HttpServerRequest request, HttpServerResponse response) {
		HttpHeaders headers = response.responseHeaders();
		return HttpMethod.GET.equals(request.method()) && isText(headers) && isLongEnough(headers)
				&& request.requestHeaders().contains(HttpHeaderNames.ACCEPT_ENCODING);
	}

	/**
	 * Adds the headers that the compressor, which runs later, does not add: {@code Vary},
	 * since the response has two forms, and the entity tag of this form. This holds for
	 * responses without a body too: a 304 and the response to a HEAD have the headers of
	 * the 200 and of the GET that they stand for.
	 * @param response the response to a GET or a HEAD
	 * @param withoutBody whether it responds to a HEAD
	 */
	static void describe(HttpResponse response, org.springframework.http.HttpHeaders request, boolean withoutBody) {
		HttpHeaders headers = response.headers();
		if (HttpResponseStatus.NOT_MODIFIED.equals(response.status())) {
			Vary.add(headers, HttpHeaderNames.ACCEPT_ENCODING);
			tagNotModified(headers, request);
			return;
		}
		if (!isText(headers)) {
			return;
		}
		Vary.add(headers, HttpHeaderNames.ACCEPT_ENCODING);
		if (withoutBody && isLongEnough(headers)) {
			String coding = coding(request);
			if (coding != null) {
				headers.set(HttpHeaderNames.CONTENT_ENCODING, coding).remove(HttpHeaderNames.CONTENT_LENGTH);
			}
		}
		addCoding(headers, headers.get(HttpHeaderNames.CONTENT_ENCODING));
	}

	/**
	 * Sends the tag of the compressed form if the client has that form. The client must
	 * not take the tag for that of the plain form.
	 */
	private static void tagNotModified(HttpHeaders response, org.springframework.http.HttpHeaders request) {
		String sent = request.getFirst(EntityTags.SENT);
		String tag = response.get(HttpHeaderNames.ETAG);
		String coding = (sent != null && tag != null) ? sentCoding(sent, tag, request) : null;
		addCoding(response, coding);
	}

	/** The accepted coding whose tag the client has sent. */
	private static @Nullable String sentCoding(String sent, String tag, org.springframework.http.HttpHeaders request) {
		String accepted = accepted(request);
		if (AcceptedCodings.contain(accepted, BROTLI) && sent.contains(EntityTags.encoded(tag, BROTLI))) {
			return BROTLI;
		}
		String coding = coding(request);
		return (coding != null && sent.contains(EntityTags.encoded(tag, coding))) ? coding : null;
	}

	private static void addCoding(HttpHeaders response, @Nullable String coding) {
		String tag = response.get(HttpHeaderNames.ETAG);
		if (tag != null && coding != null) {
			response.set(HttpHeaderNames.ETAG, EntityTags.encoded(tag, coding));
		}
	}

	private static @Nullable String coding(org.springframework.http.HttpHeaders request) {
		String accepted = accepted(request);
		return accepted.isEmpty() ? null : codings.determineEncoding(accepted);
	}

	private static String accepted(org.springframework.http.HttpHeaders request) {
		return String.join(",", request.getOrEmpty(org.springframework.http.HttpHeaders.ACCEPT_ENCODING));
	}

	/**
	 * Event streams are not compressed: their events must not wait until a block is full.
	 */
	private static boolean isText(HttpHeaders response) {
		String type = response.get(HttpHeaderNames.CONTENT_TYPE);
		return type != null && (type.startsWith("application/json") || type.startsWith("text/html")
				|| type.startsWith("text/css") || type.startsWith("text/javascript") || type.startsWith("text/plain")
				|| type.startsWith("application/xml"));
	}

	/** A response of unknown length counts as long. */
	private static boolean isLongEnough(HttpHeaders response) {
		String length = response.get(HttpHeaderNames.CONTENT_LENGTH);
		return !response.contains(HttpHeaderNames.CONTENT_ENCODING)
				&& (length == null || length.length() > 4 || Integer.parseInt(length) >= MIN_LENGTH);
	}

	/** Returns the coding that Netty's compressor would choose. */
	private static final class Codings extends HttpContentCompressor {

		@Override
		protected @Nullable String determineEncoding(String accepted) {
			return super.determineEncoding(accepted);
		}

	}

}
