package dev.agora.session.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Computes and verifies Argon2id hashes (RFC 9106) with one lane, in the PHC string
 * format. Each thread reuses the memory of its hashes: collecting 19 MiB of garbage per
 * hash took longer than the hash.
 */
final class Argon2 {

	private static final int SALT_BYTES = 16;

	private static final int HASH_BYTES = 32;

	private static final Pattern PHC = Pattern
		.compile("\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=1\\$([^$]+)\\$([^$]+)");

	private final Base64.Encoder encoder = Base64.getEncoder().withoutPadding();

	private final SecureRandom random = new SecureRandom();

	private final ThreadLocal<BlockPool> memory;

	private final int kibibytes;

	private final int iterations;

	Argon2(int kibibytes, int iterations) {
		this.kibibytes = kibibytes;
		this.iterations = iterations;
		int blocks = Argon2BytesGenerator.getBlockCount(kibibytes, 1);
		this.memory = ThreadLocal.withInitial(() -> new FixedBlockPool(blocks));
	}

	/** Hashes a password with a new salt. */
	String hash(String password) {
		byte[] salt = new byte[SALT_BYTES];
		this.random.nextBytes(salt);
		byte[] hash = derive(password, salt, this.kibibytes, this.iterations);
		return phc(this.encoder.encodeToString(salt), this.encoder.encodeToString(hash));
	}

	/**
	 * Whether a password matches a hash with any parameters.
	 * @throws IllegalArgumentException if the text is no Argon2id hash with one lane
	 */
	boolean matches(String password, String phc) {
		Matcher parts = PHC.matcher(phc);
		if (!parts.matches()) {
			throw new IllegalArgumentException("Not an Argon2id hash with one lane.");
		}
		byte[] salt = Base64.getDecoder().decode(parts.group(3));
		byte[] expected = Base64.getDecoder().decode(parts.group(4));
		byte[] hash = derive(password, salt, Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(2)));
		return MessageDigest.isEqual(hash, expected);
	}

	/** A hash that takes as long to verify as any other and matches no password. */
	String dummyHash() {
		return phc("A".repeat(22), "A".repeat(43));
	}

	private String phc(String salt, String hash) {
		return "$argon2id$v=19$m=" + this.kibibytes + ",t=" + this.iterations + ",p=1$" + salt + "$" + hash;
	}

	private byte[] derive(String password, byte[] salt, int memory, int passes) {
		Argon2BytesGenerator generator = new Argon2BytesGenerator();
		generator.init(
				new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id).withVersion(Argon2Parameters.ARGON2_VERSION_13)
					.withMemoryAsKB(memory)
					.withIterations(passes)
					.withParallelism(1)
					.withSalt(salt)
					.withBlockPool(this.memory.get())
					.build());
		byte[] hash = new byte[HASH_BYTES];
		generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
		return hash;
	}

}
