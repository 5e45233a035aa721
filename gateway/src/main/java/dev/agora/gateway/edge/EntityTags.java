package dev.agora.gateway.edge;

import java.util.regex.Pattern;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;

/**
 * The entity tags of compressed responses. A strong tag identifies bytes, so the
 * compressed form of {@code "5"} has a tag of its own, {@code "5--gzip"}. Services know
 * only the tags of the plain form. The tags of a request are therefore decoded first, so
 * that {@code If-None-Match} and {@code If-Match} accept either form.
 */
public final class EntityTags {

	/** The header {@code If-None-Match} as the client sent it, if decoding changed it. */
	public static final String SENT = "x-agora-if-none-match";

	private static final String MARK = "--";

	private static final Pattern MARKED = Pattern.compile(MARK + "(?:br|deflate|gzip|snappy|zstd)\"");

	private EntityTags() {
	}

	/**
	 * Replaces the tags in a request by those of the plain form, which services expect.
	 */
	public static void decode(HttpHeaders request) {
		request.remove(SENT);
		decode(request, HttpHeaderNames.IF_MATCH);
		decode(request, HttpHeaderNames.IF_NONE_MATCH);
	}

	private static void decode(HttpHeaders request, AsciiString name) {
		if (!request.contains(name)) {
			return;
		}
		String sent = String.join(", ", request.getAll(name));
		if (sent.contains(MARK)) {
			request.set(name, MARKED.matcher(sent).replaceAll("\""));
			if (HttpHeaderNames.IF_NONE_MATCH.equals(name)) {
				request.set(SENT, sent);
			}
		}
	}

	/**
	 * The tag of the compressed form. A weak tag serves both forms: it does not identify
	 * bytes.
	 */
	public static String encoded(String tag, String coding) {
		return (tag.startsWith("\"") && tag.length() > 1) ? tag.substring(0, tag.length() - 1) + MARK + coding + "\""
				: tag;
	}

}
