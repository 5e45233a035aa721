package dev.agora.launcher.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;

/**
 * The key that identities are signed with, and its public half for those who verify.
 *
 * @param signingKey the file with the private key, for its owner's eyes only
 * @param keySet the file with the public keys
 */
record SigningKeys(Path signingKey, Path keySet) {

	static SigningKeys of(DataDirectory data) throws IOException {
		Path directory = data.directory("keys").toAbsolutePath();
		SigningKeys keys = new SigningKeys(directory.resolve("signing-key.json"), directory.resolve("jwks.json"));
		if (!Files.exists(keys.signingKey) || !Files.exists(keys.keySet)) {
			keys.generate();
		}
		return keys;
	}

	private void generate() throws IOException {
		try {
			ECKey key = new ECKeyGenerator(Curve.P_256).keyUse(KeyUse.SIGNATURE)
				.algorithm(JWSAlgorithm.ES256)
				.keyIDFromThumbprint(true)
				.generate();
			Files.deleteIfExists(this.signingKey);
			Files.createFile(this.signingKey,
					PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
			Files.writeString(this.signingKey, key.toJSONString());
			String publicKeys = new JWKSet(key.toPublicJWK()).toString(true);
			DataDirectory.writeAtomically(this.keySet, publicKeys.getBytes(StandardCharsets.UTF_8));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException("This Java has no curve P-256", ex);
		}
	}

}
