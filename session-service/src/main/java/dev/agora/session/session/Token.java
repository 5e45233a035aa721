package dev.agora.session.session;

import java.util.Optional;
import java.util.regex.Pattern;

import dev.agora.platform.digest.Sha256;

/**
 * The secret with which a client proves its session: 256 random bits in base64url. Only
 * its hash is stored.
 *
 * @param text the 43 characters that the client sends
 */
public record Token(String text) {

	private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

	/** Parses a token as a client sent it; empty if its form is wrong. */
	public static Optional<Token> parse(String text) {
		return FORM.matcher(text).matches() ? Optional.of(new Token(text)) : Optional.empty();
	}

	/** The SHA-256 in hex, which is the id of the stored session. */
	String hash() {
		return Sha256.hex(this.text);
	}

	/** Keeps the secret out of logs. */
	@Override
	public String toString() {
		return "Token[" + hash().substring(0, 8) + "…]";
	}

}
