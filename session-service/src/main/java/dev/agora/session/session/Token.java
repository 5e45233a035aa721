package dev.agora.session.session;

import java.util.Optional;
import java.util.regex.Pattern;

import dev.agora.platform.digest.Sha256;

/**
 * What a client shows to be taken for a session: 256 random bits in base64url. Only its
 * hash is stored anywhere.
 *
 * @param text the 43 characters that the client keeps
 */
public record Token(String text) {

	private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

	/** A token as a client sent it; empty if it can't be one. */
	public static Optional<Token> parse(String text) {
		return FORM.matcher(text).matches() ? Optional.of(new Token(text)) : Optional.empty();
	}

	/** SHA-256 in hex: under this the session is stored. */
	String hash() {
		return Sha256.hex(this.text);
	}

	/** Keeps the secret out of logs. */
	@Override
	public String toString() {
		return "Token[" + hash().substring(0, 8) + "…]";
	}

}
