package dev.agora.session.password;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Argon2id hash with its salt and parameters.
 *
 * @param memory the memory that the hash fills, in KiB
 * @param iterations the number of passes over the memory
 * @param lanes the number of lanes
 * @param salt the salt in Base64
 * @param hash the hash in Base64
 */
record Argon2Hash(int memory, int iterations, int lanes, String salt, String hash) {

	/** The PHC string format; a hash without a version is one of version 16. */
	private static final Pattern PHC = Pattern.compile("\\$argon2id\\$v=19\\$m=([1-9]\\d{0,6}),t=([1-9]\\d{0,2}),"
			+ "p=([1-9]\\d?)\\$([A-Za-z0-9+/]{2,128})\\$([A-Za-z0-9+/]{2,128})");

	/** Parses a hash in the PHC string format; empty if it has another form. */
	static Optional<Argon2Hash> parse(String phc) {
		Matcher parts = PHC.matcher(phc);
		return parts.matches() && isBase64(parts.group(4)) && isBase64(parts.group(5)) ? Optional.of(of(parts))
				: Optional.empty();
	}

	private static Argon2Hash of(Matcher parts) {
		return new Argon2Hash(Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)),
				Integer.parseInt(parts.group(3)), parts.group(4), parts.group(5));
	}

	/** No bytes are encoded to this length. */
	private static boolean isBase64(String characters) {
		return characters.length() % 4 != 1;
	}

	byte[] saltBytes() {
		return Base64.getDecoder().decode(this.salt);
	}

	byte[] hashBytes() {
		return Base64.getDecoder().decode(this.hash);
	}

	/** The number of KiB that one hash writes: a measure of its cost. */
	long work() {
		return (long) this.memory * this.iterations;
	}

}
