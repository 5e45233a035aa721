package dev.agora.gateway.edge;

import java.util.regex.Pattern;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;

/**
 * The tags of compressed answers. A strong tag names bytes, so that the compressed form
 * of {@code "5"} has one of its own, {@code "5--gzip"}. Services know nothing of it: on
 * the way in it is theirs again, and both {@code If-None-Match} and {@code If-Match} take
 * either.
 */
public final class EntityTags {

	/** What the client sent as {@code If-None-Match}, where that was changed. */
	public static final String SENT = "x-agora-if-none-match";

	private static final String MARK = "--";

	private static final Pattern MARKED = Pattern.compile(MARK + "(?:br|deflate|gzip|snappy|zstd)\"");

	private EntityTags() {
	}

	/** Brings the tags that a request names back to those that services know. */
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

	/** The tag of the compressed form. A weak one does for both: it names no bytes. */
	public static String encoded(String tag, String coding) {
		return (tag.startsWith("\"") && tag.length() > 1) ? tag.substring(0, tag.length() - 1) + MARK + coding + "\""
				: tag;
	}

}
