package dev.agora.session.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Objects;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

import dev.agora.platform.identity.Caller;
import dev.agora.platform.identity.IdentitySettings;
import dev.agora.platform.identity.IdentityVerifier;
import dev.agora.platform.problem.Unauthenticated;

import static org.assertj.core.api.Assertions.assertThat;

/** Identities that a service rejects although their signatures are valid. */
class ForgedIdentityTests {

	private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

	@TempDir
	private Path directory;

	private ECKey key;

	private ECKey otherCurve;

	private RSAKey rsa;

	private IdentityVerifier verifier;

	@BeforeEach
	void publishKeys() throws JOSEException, IOException, ParseException {
		this.key = new ECKeyGenerator(Curve.P_256).keyID("good").generate();
		this.otherCurve = new ECKeyGenerator(Curve.P_384).keyID("curve").generate();
		this.rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
		Path jwks = Files.writeString(this.directory.resolve("jwks.json"),
				new JWKSet(List.of(this.key.toPublicJWK(), this.otherCurve.toPublicJWK(), this.rsa.toPublicJWK()))
					.toString());
		this.verifier = new IdentityVerifier(new IdentitySettings(jwks, 10, Duration.ofDays(1)), "feed-service",
				Clock.fixed(NOW, ZoneOffset.UTC));
	}

	@AfterEach
	void close() {
		this.verifier.close();
	}

	@Test
	void acceptsAValidIdentity() throws JOSEException {
		StepVerifier.create(this.verifier.verify(signed(claims().build()))).expectNextCount(1).verifyComplete();
	}

	@ParameterizedTest
	@ValueSource(strings = { "iss", "sub", "aud", "exp", "iat", "handle", "name", "ver", "sid" })
	void rejectsAnIdentityWithoutAClaim(String missing) throws JOSEException {
		assertRejected(signed(new JWTClaimsSet.Builder(claims().build()).claim(missing, null).build()));
	}

	@Test
	void onlyTheClaimMakesAnOperator() throws JOSEException {
		assertThat(operator(claims().claim("op", true).build())).isTrue();
		assertThat(operator(claims().claim("op", false).build())).isFalse();
		assertThat(operator(claims().claim("operator", true).claim("roles", List.of("operator")).build())).isFalse();
		assertRejected(signed(claims().claim("op", "true").build()));
		assertRejected(signed(claims().claim("op", 1).build()));
	}

	@Test
	void rejectsAnOperatorSignedByAnotherKey() throws JOSEException {
		SignedJWT jwt = new SignedJWT(header(JWSAlgorithm.ES256).keyID("good").build(),
				claims().claim("op", true).build());
		jwt.sign(new ECDSASigner(new ECKeyGenerator(Curve.P_256).keyID("good").generate()));
		assertRejected(jwt.serialize());
	}

	@Test
	void rejectsAClaimThatWasAddedAfterTheSignature() throws JOSEException {
		String[] parts = signed(claims().build()).split("\\.", -1);
		String added = Base64URL.encode(claims().claim("op", true).build().toString()).toString();
		assertRejected(parts[0] + "." + added + "." + parts[2]);
	}

	private boolean operator(JWTClaimsSet claims) throws JOSEException {
		Caller caller = this.verifier.verify(signed(claims)).block();
		return Objects.requireNonNull(caller).isOperator();
	}

	@Test
	void rejectsAnotherIssuer() throws JOSEException {
		assertRejected(signed(claims().issuer("feed-service").build()));
	}

	@Test
	void rejectsAnotherAudience() throws JOSEException {
		assertRejected(signed(claims().audience("graph-service").build()));
	}

	@Test
	void rejectsAnIdentityBeforeItsNbf() throws JOSEException {
		assertRejected(signed(claims().notBeforeTime(Date.from(NOW.plusSeconds(30))).build()));
	}

	@Test
	void rejectsAnIdentityIssuedInTheFuture() throws JOSEException {
		assertRejected(signed(claims().issueTime(Date.from(NOW.plusSeconds(30))).build()));
	}

	@Test
	void rejectsAnExpiredIdentity() throws JOSEException {
		assertRejected(signed(claims().expirationTime(Date.from(NOW.minusSeconds(6))).build()));
	}

	@Test
	void rejectsAnUnknownOrMissingKeyId() throws JOSEException {
		ECDSASigner signer = new ECDSASigner(this.key);
		assertRejected(signed(header(JWSAlgorithm.ES256).keyID("unknown"), signer));
		assertRejected(signed(header(JWSAlgorithm.ES256), signer));
	}

	@Test
	void rejectsAKeyInTheHeader() throws JOSEException {
		ECKey own = new ECKeyGenerator(Curve.P_256).keyID("good").generate();
		assertRejected(signed(header(JWSAlgorithm.ES256).keyID("good").jwk(own.toPublicJWK()), new ECDSASigner(own)));
	}

	@Test
	void rejectsOtherCurvesAndAlgorithms() throws JOSEException {
		assertRejected(signed(header(JWSAlgorithm.ES384).keyID("curve"), new ECDSASigner(this.otherCurve)));
		assertRejected(signed(header(JWSAlgorithm.RS256).keyID("rsa"), new RSASSASigner(this.rsa)));
		assertRejected(signed(header(JWSAlgorithm.PS256).keyID("rsa"), new RSASSASigner(this.rsa)));
	}

	@Test
	void rejectsAnotherTypeOfToken() throws JOSEException {
		assertRejected(
				signed(new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType("dpop+jwt")).keyID("good"),
						new ECDSASigner(this.key)));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ".", "..", "a.b.c", "eyJhbGciOiJub25lIn0.e30.", "{}", "a.b.c.d.e" })
	void rejectsTextsThatAreNoTokens(String text) {
		assertRejected(text);
	}

	private void assertRejected(String identity) {
		StepVerifier.create(this.verifier.verify(identity)).verifyError(Unauthenticated.class);
	}

	private String signed(JWTClaimsSet claims) throws JOSEException {
		SignedJWT jwt = new SignedJWT(header(JWSAlgorithm.ES256).keyID("good").build(), claims);
		jwt.sign(new ECDSASigner(this.key));
		return jwt.serialize();
	}

	private static String signed(JWSHeader.Builder header, JWSSigner signer) throws JOSEException {
		SignedJWT jwt = new SignedJWT(header.build(), claims().build());
		jwt.sign(signer);
		return jwt.serialize();
	}

	private static JWSHeader.Builder header(JWSAlgorithm algorithm) {
		return new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT);
	}

	private static JWTClaimsSet.Builder claims() {
		return new JWTClaimsSet.Builder().issuer("session-service")
			.audience("feed-service")
			.subject("0SAX0HV526DHN")
			.claim("handle", "ada")
			.claim("name", "Ada")
			.claim("ver", 3)
			.claim("sid", "0SAX0HV526DHM")
			.issueTime(Date.from(NOW))
			.expirationTime(Date.from(NOW.plusSeconds(60)));
	}

}
