package dev.agora.session.password;

import java.util.Optional;

/**
 * Checks password hashes that were made elsewhere. The lower bounds are those that OWASP
 * recommends for Argon2id. The upper bounds keep a log-in affordable, and the memory
 * within the heap.
 */
final class ImportedHash {

	private static final int MIN_MEMORY = 7 << 10;

	/** The weakest of OWASP's equivalents: 7 MiB and 5 passes. */
	private static final long MIN_WORK = 5L * MIN_MEMORY;

	private static final long MAX_WORK = 4L * (64 << 10);

	private static final int MAX_LANES = 4;

	private static final int MIN_SALT = 8;

	private static final int MIN_HASH = 16;

	private static final int MAX_BYTES = 64;

	private ImportedHash() {
	}

	/**
	 * Checks a hash.
	 * @param phc the hash in the PHC string format
	 * @param maxMemory the maximum memory in KiB
	 * @return what it must be; empty if it is acceptable
	 */
	static Optional<String> findViolation(String phc, int maxMemory) {
		return Argon2Hash.parse(phc)
			.map((hash) -> findViolation(hash, maxMemory))
			.orElse(Optional.of("must be $argon2id$v=19$m=…,t=…,p=…$salt$hash, with Base64 without padding"));
	}

	private static Optional<String> findViolation(Argon2Hash hash, int maxMemory) {
		if (hash.memory() < MIN_MEMORY || hash.work() < MIN_WORK) {
			return Optional
				.of("is too weak: m must be at least " + MIN_MEMORY + ", and m times t at least " + MIN_WORK);
		}
		if (hash.memory() > maxMemory || hash.work() > MAX_WORK || hash.lanes() > MAX_LANES) {
			return Optional.of("is too expensive: m must be at most " + maxMemory + ", m times t at most " + MAX_WORK
					+ ", and p at most " + MAX_LANES);
		}
		boolean wrongLength = hash.saltBytes().length < MIN_SALT || hash.saltBytes().length > MAX_BYTES
				|| hash.hashBytes().length < MIN_HASH || hash.hashBytes().length > MAX_BYTES;
		return wrongLength ? Optional.of("must have a salt of " + MIN_SALT + " to " + MAX_BYTES
				+ " bytes and a hash of " + MIN_HASH + " to " + MAX_BYTES + " bytes") : Optional.empty();
	}

}
