package dev.agora.platform.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

import dev.agora.platform.identity.Identity;

/** Signs identities as session-service does, with a key of its own. */
public final class TestCallers {

	private final ECKey key;

	private final String audience;

	private TestCallers(ECKey key, String audience) {
		this.key = key;
		this.audience = audience;
	}

	/**
	 * Creates a key.
	 * @param audience the service that is called
	 */
	public static TestCallers of(String audience) throws JOSEException {
		return new TestCallers(new ECKeyGenerator(Curve.P_256).keyID("test").algorithm(JWSAlgorithm.ES256).generate(),
				audience);
	}

	/** Writes the public key to a file that the service reads. */
	public Path jwks(Path directory) throws IOException {
		return Files.writeString(directory.resolve("jwks.json"), new JWKSet(this.key.toPublicJWK()).toString());
	}

	/** The identity of a member, whose handle is also the name. */
	public String identity(String id, String handle) {
		return signed(claims(id, handle).build());
	}

	/** The identity of an operator, whose handle is also the name. */
	public String operator(String id, String handle) {
		return signed(claims(id, handle).claim(Identity.OPERATOR, true).build());
	}

	private JWTClaimsSet.Builder claims(String id, String handle) {
		return new JWTClaimsSet.Builder().issuer(Identity.ISSUER)
			.audience(this.audience)
			.subject(id)
			.issueTime(Date.from(Instant.now()))
			.expirationTime(Date.from(Instant.now().plusSeconds(60)))
			.claim(Identity.HANDLE, handle)
			.claim(Identity.NAME, handle)
			.claim(Identity.VERSION, 1L)
			.claim(Identity.SESSION, "s");
	}

	private String signed(JWTClaimsSet claims) {
		SignedJWT identity = new SignedJWT(
				new JWSHeader.Builder(JWSAlgorithm.ES256).type(JOSEObjectType.JWT).keyID("test").build(), claims);
		try {
			identity.sign(new ECDSASigner(this.key));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
		return identity.serialize();
	}

}
