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
 * The keys that identities are signed with, the newest first, and their public halves for
 * those who verify.
 *
 * @param signingKey the file with the private keys, for its owner's eyes only
 * @param keySet the file with the public keys
 */
public record SigningKeys(Path signingKey, Path keySet) {

	private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rwx------");

	private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwxr-xr-x");

	private static final Set<PosixFilePermission> TO_READ = PosixFilePermissions.fromString("rw-r--r--");

	/** After this nothing that an older key has signed is in use any more. */
	private static final Duration IN_USE = Duration.ofMinutes(2);

	static SigningKeys of(DataDirectory data) throws IOException {
		SigningKeys keys = in(data);
		if (!Files.exists(keys.signingKey) || !Files.exists(keys.keySet)) {
			keys.write(List.of(generate(Instant.now())));
		}
		return keys;
	}

	/**
	 * The keys of a system that was started once.
	 * @param data where its data is
	 * @return the keys, which exist
	 */
	public static SigningKeys existing(DataDirectory data) {
		SigningKeys keys = in(data);
		if (!Files.exists(keys.signingKey)) {
			throw new Problem("There are no keys in " + data.root() + " yet: ./agora up makes them.");
		}
		return keys;
	}

	/**
	 * Copies for containers, which run as another user and see only the folders given to
	 * them. Here nobody but the owner gets through the folder above.
	 */
	SigningKeys shared() throws IOException {
		Path above = this.keySet.resolveSibling("containers");
		if (!Files.isDirectory(above)) {
			Files.createDirectory(above, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
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
		Files.setPosixFilePermissions(to.getParent(), OPEN);
		Files.setPosixFilePermissions(part, TO_READ);
		Files.move(part, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
	}

	private static SigningKeys in(DataDirectory data) {
		Path directory = data.root().resolve("keys").toAbsolutePath();
		return new SigningKeys(directory.resolve("signing-key.json"), directory.resolve("jwks.json"));
	}

	/**
	 * Adds a key, and drops those that nobody uses any more. All that remain are valid.
	 * @param now the moment
	 * @param from when the new key is to sign; by then all services must have read it
	 * @return the names of all keys, the new one first
	 * @throws IOException if the files cannot be read or written
	 */
	public List<String> rotate(Instant now, Instant from) throws IOException {
		List<ECKey> keys = inUse(now);
		keys.add(0, generate(from));
		write(keys);
		return names(keys);
	}

	/**
	 * Drops the keys that nobody uses any more.
	 * @param now the moment
	 * @return the names of the keys that remain, the newest first
	 * @throws IOException if the files cannot be read or written
	 */
	public List<String> retire(Instant now) throws IOException {
		List<ECKey> keys = inUse(now);
		write(keys);
		return names(keys);
	}

	/** The newest that signs since long ago, and all that came after it. */
	private List<ECKey> inUse(Instant now) throws IOException {
		List<ECKey> keys = new ArrayList<>();
		for (ECKey key : read()) {
			keys.add(key);
			if (!from(key).plus(IN_USE).isAfter(now)) {
				break;
			}
		}
		return keys;
	}

	private static Instant from(ECKey key) {
		return (key.getNotBeforeTime() != null) ? key.getNotBeforeTime().toInstant() : Instant.EPOCH;
	}

	private static List<String> names(List<ECKey> keys) {
		return keys.stream().map(ECKey::getKeyID).toList();
	}

	private List<ECKey> read() throws IOException {
		String text = Files.readString(this.signingKey);
		try {
			return text.contains("\"keys\"") ? JWKSet.parse(text).getKeys().stream().map(JWK::toECKey).toList()
					: List.of(ECKey.parse(text));
		}
		catch (ParseException ex) {
			throw new Problem(this.signingKey + " does not hold keys.");
		}
	}

	/** The public halves first: who verifies must never know less than who signs. */
	private void write(List<ECKey> keys) throws IOException {
		String publicKeys = new JWKSet(keys.stream().<JWK>map(ECKey::toPublicJWK).toList()).toString(true);
		DataDirectory.writeAtomically(this.keySet, publicKeys.getBytes(StandardCharsets.UTF_8));
		String privateKeys = new JWKSet(List.copyOf(keys)).toString(false);
		DataDirectory.writeAtomically(this.signingKey, privateKeys.getBytes(StandardCharsets.UTF_8));
		if (Files.isDirectory(this.keySet.resolveSibling("containers"))) {
			shared();
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
