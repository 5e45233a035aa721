package dev.agora.launcher.local;

import java.security.SecureRandom;
import java.util.Base64;

/** Creates tokens that nobody can guess. */
final class RandomToken {

	private static final int BYTES = 18;

	private RandomToken() {
	}

	static String create() {
		byte[] random = new byte[BYTES];
		new SecureRandom().nextBytes(random);
		return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
	}

}
