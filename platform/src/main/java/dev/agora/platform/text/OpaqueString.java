package dev.agora.platform.text;

import org.jspecify.annotations.Nullable;

/**
 * Converts passwords into the form in which they are hashed and compared (RFC 8265,
 * OpaqueString): every kind of space becomes the ASCII space, and the text is normalized.
 * Every keyboard then gives the same password.
 */
public final class OpaqueString {

	private OpaqueString() {
	}

	/**
	 * Converts a password.
	 * @param password the password as typed; null stays null, for its constraints to
	 * refuse
	 */
	public static String of(String password) {
		return Nfc.of(isPresent(password) ? withSpaces(password) : password);
	}

	private static boolean isPresent(@Nullable String password) {
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
