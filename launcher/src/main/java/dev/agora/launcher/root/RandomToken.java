package dev.agora.launcher.root;

import java.security.SecureRandom;
import java.util.Base64;

/** Creates tokens that nobody can guess. */
public final class RandomToken {

	private static final int BYTES = 18;

	private RandomToken() {
	}

	/**
	 * Creates a token.
	 * @return 24 characters that a URL may have
	 */
	public static String create() {
		byte[] random = new byte[BYTES];
		new SecureRandom().nextBytes(random);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
	}

}
