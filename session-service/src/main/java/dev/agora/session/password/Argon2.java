package dev.agora.session.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.BlockPool;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Computes Argon2id hashes (RFC 9106) with one lane, and verifies any, in the PHC string
 * format. Each thread reuses the memory of its hashes: collecting 19 MiB of garbage per
 * hash took longer than the hash.
 */
final class Argon2 {

	private static final int SALT_BYTES = 16;

	/** The form of a hash of 32 bytes. */
	private static final String NO_HASH = "A".repeat(43);

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
		String text = this.encoder.encodeToString(salt);
		Argon2Hash form = new Argon2Hash(this.kibibytes, this.iterations, 1, text, NO_HASH);
		return phc(text, this.encoder.encodeToString(derive(password, form)));
	}

	/**
	 * Whether a password matches a hash with any parameters.
	 * @throws IllegalArgumentException if the text is no Argon2id hash
	 */
	boolean matches(String password, String phc) {
		Argon2Hash expected = Argon2Hash.parse(phc)
			.orElseThrow(() -> new IllegalArgumentException("Not an Argon2id hash."));
		return MessageDigest.isEqual(derive(password, expected), expected.hashBytes());
	}

	/** Whether a hash has the parameters with which this class hashes. */
	boolean isCurrent(String phc) {
		return phc.startsWith(parameters());
	}

	/** A hash that takes as long to verify as any other and matches no password. */
	String dummyHash() {
		return phc("A".repeat(22), NO_HASH);
	}

	private String phc(String salt, String hash) {
		return parameters() + salt + "$" + hash;
	}

	private String parameters() {
		return "$argon2id$v=19$m=" + this.kibibytes + ",t=" + this.iterations + ",p=1$";
	}

	/** Computes a hash with the parameters, the salt and the length of another. */
	private byte[] derive(String password, Argon2Hash like) {
		Argon2BytesGenerator generator = new Argon2BytesGenerator();
		generator.init(
				new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id).withVersion(Argon2Parameters.ARGON2_VERSION_13)
					.withMemoryAsKB(like.memory())
					.withIterations(like.iterations())
					.withParallelism(like.lanes())
					.withSalt(like.saltBytes())
					.withBlockPool(this.memory.get())
					.build());
		byte[] hash = new byte[like.hashBytes().length];
		generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
		return hash;
	}

}
