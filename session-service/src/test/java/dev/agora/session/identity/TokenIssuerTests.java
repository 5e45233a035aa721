package dev.agora.session.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

import dev.agora.platform.identity.Caller;
import dev.agora.platform.identity.IdentitySettings;
import dev.agora.platform.identity.IdentityVerifier;
import dev.agora.platform.problem.Unauthenticated;
import dev.agora.session.member.Card;
import dev.agora.session.session.Session;
import dev.agora.session.signing.SigningKeys;
import dev.agora.session.signing.SigningSettings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The issuer together with the verifier that the services use. */
class TokenIssuerTests {

	private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

	private static final Session SESSION = new Session("0SAX0HV526DHM", new Card("0SAX0HV526DHN", "ada", "Ada"), 3,
			null, null, null, NOW, NOW, NOW.plusSeconds(3600), NOW.plusSeconds(3600));

	@TempDir
	private Path directory;

	private ECKey key;

	@BeforeEach
	void generateKey() throws JOSEException {
		this.key = newKey();
	}

	@Test
	void issuesAnIdentityThatItsAudienceAccepts() {
		SignedIdentity signed = issuerAt(NOW).issue(SESSION, "feed-service");
		assertThat(signed.expiresAt()).isEqualTo(NOW.plusSeconds(60));
		assertThat(verifierAt(NOW, "feed-service").verify(signed.identity()).block())
			.isEqualTo(new Caller("0SAX0HV526DHN", "ada", "Ada", 3, "0SAX0HV526DHM", false));
	}

	@Test
	void issuesNoIdentityThatOutlivesTheSession() {
		Instant late = SESSION.expiresAt().minusSeconds(7);
		SignedIdentity signed = issuerAt(late).issue(SESSION, "feed-service");
		assertThat(signed.expiresAt()).isEqualTo(SESSION.expiresAt());
		assertRejected(verifierAt(SESSION.expiresAt().plusSeconds(6), "feed-service"), signed.identity());
	}

	@Test
	void returnsTheIdOfTheMember() {
		SignedIdentity signed = issuerAt(NOW).issue(SESSION, "feed-service");
		assertThat(signed.memberId()).isEqualTo("0SAX0HV526DHN");
	}

	@Test
	void anotherAudienceRejectsTheIdentity() {
		assertRejected(verifierAt(NOW, "graph-service"), issuerAt(NOW).issue(SESSION, "feed-service").identity());
	}

	@Test
	void rejectsAnExpiredIdentity() {
		String identity = issuerAt(NOW).issue(SESSION, "feed-service").identity();
		assertThat(verifierAt(NOW.plusSeconds(59), "feed-service").verify(identity).map(Caller::handle).block())
			.isEqualTo("ada");
		assertRejected(verifierAt(NOW.plusSeconds(66), "feed-service"), identity);
	}

	@Test
	void rejectsAnIdentityBeforeItWasIssued() {
		assertRejected(verifierAt(NOW.minusSeconds(6), "feed-service"),
				issuerAt(NOW).issue(SESSION, "feed-service").identity());
	}

	@Test
	void rejectsASignatureByAnotherKey() throws JOSEException {
		String identity = issuerAt(NOW).issue(SESSION, "feed-service").identity();
		this.key = newKey();
		assertRejected(verifierAt(NOW, "feed-service"), identity);
	}

	@Test
	void rejectsAnUnsignedIdentity() {
		String[] parts = issuerAt(NOW).issue(SESSION, "feed-service").identity().split("\\.", -1);
		String unsigned = Base64.getUrlEncoder()
			.withoutPadding()
			.encodeToString("{\"alg\":\"none\",\"typ\":\"JWT\"}".getBytes(UTF_8));
		assertRejected(verifierAt(NOW, "feed-service"), unsigned + "." + parts[1] + ".");
		assertRejected(verifierAt(NOW, "feed-service"), parts[0] + "." + parts[1] + ".");
	}

	@Test
	void rejectsASignatureWithThePublicKeyAsASecret() throws JOSEException, ParseException {
		SignedJWT issued = SignedJWT.parse(issuerAt(NOW).issue(SESSION, "feed-service").identity());
		SignedJWT forged = new SignedJWT(
				new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).keyID("test").build(),
				issued.getJWTClaimsSet());
		forged.sign(new MACSigner(this.key.toPublicJWK().toJSONString().getBytes(UTF_8)));
		assertRejected(verifierAt(NOW, "feed-service"), forged.serialize());
	}

	@Test
	void rejectsAModifiedIdentity() {
		String identity = issuerAt(NOW).issue(SESSION, "feed-service").identity();
		String[] parts = identity.split("\\.", -1);
		String payload = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8).replace("\"ada\"", "\"bob\"");
		assertRejected(verifierAt(NOW, "feed-service"), parts[0] + "."
				+ Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes(UTF_8)) + "." + parts[2]);
	}

	@Test
	void doesNotStartWithoutAValidKey() throws IOException {
		assertNotStarted(null, "must name a file");
		assertNotStarted(this.directory.resolve("missing"), "cannot be read");
		assertNotStarted(file("nonsense", "nonsense"), "neither a JWK nor a set");
		assertNotStarted(file("empty", "{\"keys\": []}"), "empty");
		assertNotStarted(file("public", this.key.toPublicJWK().toJSONString()), "PRIVATE");
	}

	private static void assertRejected(IdentityVerifier verifier, String identity) {
		assertThatExceptionOfType(Unauthenticated.class).isThrownBy(() -> verifier.verify(identity).block());
	}

	private static void assertNotStarted(@Nullable Path keyFile, String reason) {
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> new SigningKeys(settings(keyFile), Clock.systemUTC()))
			.satisfies((refusal) -> assertThat(refusal.getReason()).contains(reason));
	}

	private TokenIssuer issuerAt(Instant now) {
		SigningSettings settings = settings(file("key", this.key.toJSONString()));
		Clock clock = Clock.fixed(now, ZoneOffset.UTC);
		return new TokenIssuer(new SigningKeys(settings, clock), settings, clock);
	}

	private IdentityVerifier verifierAt(Instant now, String audience) {
		Path jwks = file("jwks", new JWKSet(this.key.toPublicJWK()).toString());
		try {
			return new IdentityVerifier(new IdentitySettings(jwks, 10, Duration.ofDays(1)), audience,
					Clock.fixed(now, ZoneOffset.UTC));
		}
		catch (IOException | ParseException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static SigningSettings settings(@Nullable Path key) {
		return new SigningSettings(key, Duration.ofSeconds(60), Duration.ofSeconds(30), 10, Duration.ofDays(1));
	}

	private Path file(String name, String content) {
		try {
			return Files.writeString(this.directory.resolve(name), content);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ECKey newKey() throws JOSEException {
		return new ECKeyGenerator(Curve.P_256).keyID("test").algorithm(JWSAlgorithm.ES256).generate();
	}

}
