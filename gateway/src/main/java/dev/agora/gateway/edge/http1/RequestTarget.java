package dev.agora.gateway.edge.http1;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;

/**
 * Brings a request target into the form of RFC 3986. Browsers follow the URL standard of
 * the WHATWG, which leaves some characters unencoded that RFC 3986 does not allow: they
 * are percent-encoded before the target is parsed.
 */
public final class RequestTarget {

	private static final String NOT_IN_RFC_3986 = "\"<>[\\]^`{|}";

	private static final HexFormat HEX = HexFormat.of().withUpperCase();

	/** How much of an invalid escape is quoted to the client. */
	private static final int MAX_SHOWN = 12;

	private RequestTarget() {
	}

	/** Returns the reason to reject a target, or null if its escapes are UTF-8 text. */
	static @Nullable RejectionReason validate(String target) {
		int at = target.indexOf('%');
		while (at >= 0) {
			int end = at;
			while (end < target.length() && target.charAt(end) == '%') {
				if (!isEscape(target, end)) {
					return RejectionReason.ESCAPE;
				}
				end += 3;
			}
			if (!isUtf8(target, at, end)) {
				return RejectionReason.notUtf8(target.substring(at, Math.min(end, at + MAX_SHOWN)));
			}
			at = target.indexOf('%', end);
		}
		return null;
	}

	/** Encodes the target; returns the same object if nothing has to be encoded. */
	static String encode(String target) {
		int path = Math.max(0, pathOf(target));
		for (int i = path; i < target.length(); i++) {
			if (NOT_IN_RFC_3986.indexOf(target.charAt(i)) >= 0) {
				return target.substring(0, i) + encodeAll(target, i);
			}
		}
		return target;
	}

	/**
	 * The index at which the path begins, after the host of an absolute target; -1 if
	 * there is no path.
	 */
	public static int pathOf(String target) {
		int scheme = target.indexOf("://");
		int query = target.indexOf('?');
		boolean whole = scheme > 0 && (query < 0 || scheme < query) && !target.startsWith("/");
		return target.indexOf('/', whole ? scheme + 3 : 0);
	}

	private static String encodeAll(String target, int from) {
		StringBuilder encoded = new StringBuilder(target.length() + 16);
		for (int i = from; i < target.length(); i++) {
			char next = target.charAt(i);
			if (NOT_IN_RFC_3986.indexOf(next) >= 0) {
				encoded.append('%').append(HEX.toHexDigits((byte) next));
			}
			else {
				encoded.append(next);
			}
		}
		return encoded.toString();
	}

	private static boolean isEscape(String target, int at) {
		return at + 2 < target.length() && HexFormat.isHexDigit(target.charAt(at + 1))
				&& HexFormat.isHexDigit(target.charAt(at + 2));
	}

	private static boolean isUtf8(String target, int from, int to) {
		ByteBuffer bytes = ByteBuffer.allocate((to - from) / 3);
		for (int i = from; i < to; i += 3) {
			bytes.put((byte) HexFormat.fromHexDigits(target, i + 1, i + 3));
		}
		try {
			StandardCharsets.UTF_8.newDecoder().decode(bytes.flip());
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

}
