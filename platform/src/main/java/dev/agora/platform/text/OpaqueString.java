package dev.agora.platform.text;

import org.jspecify.annotations.Nullable;

/**
 * The form in which passwords are hashed and compared (RFC 8265, OpaqueString): any blank
 * is a space, and the rest is normalized, so that every keyboard gives the same password.
 */
public final class OpaqueString {

	private OpaqueString() {
	}

	/**
	 * The form to hash.
	 * @param password as typed; what is missing in a body is left for its constraints to
	 * tell
	 */
	public static String of(String password) {
		return Nfc.of(isThere(password) ? withSpaces(password) : password);
	}

	private static boolean isThere(@Nullable String password) {
		return password != null;
	}

	private static String withSpaces(String password) {
		StringBuilder spaced = new StringBuilder(password.length());
		password.codePoints()
			.map((character) -> Characters.SPACES.contains(character) ? ' ' : character)
			.forEach(spaced::appendCodePoint);
		return spaced.toString();
	}

}
