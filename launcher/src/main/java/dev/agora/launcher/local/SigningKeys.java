package dev.agora.launcher.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Set;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;

import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.Problem;

/**
 * Manages the keys with which identities are signed, the newest first, and the public
 * keys with which they are verified.
 *
 * @param signingKey the file with the private keys, which only its owner can read
 * @param keySet the file with the public keys
 */
public record SigningKeys(Path signingKey, Path keySet) {

	private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

	private static final Set<PosixFilePermission> READABLE_FOLDER = PosixFilePermissions.fromString("rwxr-xr-x");

	private static final Set<PosixFilePermission> READABLE_FILE = PosixFilePermissions.fromString("rw-r--r--");

	/**
	 * The time after which identities that an older key has signed are no longer in use.
	 */
	private static final Duration MAX_IDENTITY_AGE = Duration.ofMinutes(2);

	/** Returns the keys of a system, and creates them if there are none. */
	static SigningKeys loadOrCreate(DataDirectory data) throws IOException {
		SigningKeys keys = in(data);
		if (!Files.exists(keys.signingKey) || !Files.exists(keys.keySet)) {
			keys.write(List.of(generate(Instant.now())));
		}
		return keys;
	}

	/**
	 * Returns the keys of a system that was started at least once.
	 * @param data the data directory
	 * @return the keys, which exist
	 */
	public static SigningKeys requireExisting(DataDirectory data) {
		SigningKeys keys = in(data);
		if (!Files.exists(keys.signingKey)) {
			throw new Problem("There are no keys in " + data.root()
					+ ". Start the system once with ./agora up, which creates them.");
		}
		return keys;
	}

	/**
	 * Copies the keys for containers, which run as another user and see only the folders
	 * that are mounted. On this machine no other user can read them, since the folder
	 * above is for its owner only.
	 */
	SigningKeys copyForContainers() throws IOException {
		Path above = this.keySet.resolveSibling("containers");
		if (!Files.isDirectory(above)) {
			Files.createDirectory(above, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
		}
		SigningKeys copies = new SigningKeys(above.resolve("signing/signing-key.json"),
				above.resolve("public/jwks.json"));
		copy(this.keySet, copies.keySet);
		copy(this.signingKey, copies.signingKey);
		return copies;
	}

	private static void copy(Path from, Path to) throws IOException {
		Files.createDirectories(to.getParent());
		Path part = Files.createTempFile(to.getParent(), to.getFileName().toString(), ".part");
		Files.write(part, Files.readAllBytes(from));
		Files.setPosixFilePermissions(to.getParent(), READABLE_FOLDER);
		Files.setPosixFilePermissions(part, READABLE_FILE);
		Files.move(part, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private static SigningKeys in(DataDirectory data) {
		Path directory = data.root().resolve("keys").toAbsolutePath();
		return new SigningKeys(directory.resolve("signing-key.json"), directory.resolve("jwks.json"));
	}

	/**
	 * Adds a key, and removes the keys that are no longer in use. All remaining keys are
	 * valid.
	 * @param now the current time
	 * @param from the time from which the new key signs; all services must have read it
	 * @return the ids of all keys, the new one first
	 * @throws IOException if the files cannot be read or written
	 */
	public List<String> rotate(Instant now, Instant from) throws IOException {
		List<ECKey> keys = inUse(now);
		keys.add(0, generate(from));
		write(keys);
		return ids(keys);
	}

	/**
	 * Removes the keys that are no longer in use.
	 * @param now the current time
	 * @return the ids of the remaining keys, the newest first
	 * @throws IOException if the files cannot be read or written
	 */
	public List<String> retire(Instant now) throws IOException {
		List<ECKey> keys = inUse(now);
		write(keys);
		return ids(keys);
	}

	/** Selects the newest key that replaced all older ones, and the keys after it. */
	private List<ECKey> inUse(Instant now) throws IOException {
		List<ECKey> keys = new ArrayList<>();
		for (ECKey key : read()) {
			keys.add(key);
			if (!from(key).plus(MAX_IDENTITY_AGE).isAfter(now)) {
				break;
			}
		}
		return keys;
	}

	private static Instant from(ECKey key) {
		return (key.getNotBeforeTime() != null) ? key.getNotBeforeTime().toInstant() : Instant.EPOCH;
	}

	private static List<String> ids(List<ECKey> keys) {
		return keys.stream().map(ECKey::getKeyID).toList();
	}

	private List<ECKey> read() throws IOException {
		String text = Files.readString(this.signingKey);
		try {
			return text.contains("\"keys\"") ? JWKSet.parse(text).getKeys().stream().map(JWK::toECKey).toList()
					: List.of(ECKey.parse(text));
		}
		catch (ParseException ex) {
			throw new Problem(
					this.signingKey + " contains no keys. Restore it, or start without the old data (--fresh).");
		}
	}

	/** Writes the public keys first, so that every signature can be verified. */
	private void write(List<ECKey> keys) throws IOException {
		String publicKeys = new JWKSet(keys.stream().<JWK>map(ECKey::toPublicJWK).toList()).toString(true);
		DataDirectory.writeAtomically(this.keySet, publicKeys.getBytes(StandardCharsets.UTF_8));
		String privateKeys = new JWKSet(List.copyOf(keys)).toString(false);
		DataDirectory.writeAtomically(this.signingKey, privateKeys.getBytes(StandardCharsets.UTF_8));
		if (Files.isDirectory(this.keySet.resolveSibling("containers"))) {
			copyForContainers();
		}
	}

	private static ECKey generate(Instant from) {
		try {
			return new ECKeyGenerator(Curve.P_256).keyUse(KeyUse.SIGNATURE)
				.algorithm(JWSAlgorithm.ES256)
				.keyIDFromThumbprint(true)
				.notBeforeTime(Date.from(from.truncatedTo(ChronoUnit.SECONDS)))
				.generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("This Java has no curve P-256", ex);
		}
	}

}
