package dev.agora.session.signing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.SignedJWT;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import reactor.test.StepVerifier;

import dev.agora.platform.identity.IdentitySettings;
import dev.agora.platform.identity.IdentityVerifier;
import dev.agora.platform.identity.WatchedFile;
import dev.agora.platform.problem.Unauthenticated;
import dev.agora.session.identity.TokenIssuer;
import dev.agora.session.member.Card;
import dev.agora.session.session.Session;

import static org.assertj.core.api.Assertions.assertThat;

/** The rotation of the signing key while all members stay logged in. */
class KeyRotationTests {

	private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

	private static final Session SESSION = new Session("0SAX0HV526DHM", new Card("0SAX0HV526DHN", "ada", "Ada"), 3,
			null, null, null, NOW, NOW, NOW.plusSeconds(3600), NOW.plusSeconds(3600));

	@TempDir
	private Path directory;

	private ECKey old;

	private ECKey next;

	private SigningKeys keys;

	private IdentityVerifier verifier;

	@BeforeEach
	void startWithTheOldKey() throws JOSEException, IOException, ParseException {
		this.old = new ECKeyGenerator(Curve.P_256).keyID("old").generate();
		this.next = new ECKeyGenerator(Curve.P_256).keyID("next")
			.notBeforeTime(Date.from(NOW.plusSeconds(60)))
			.generate();
		writeSigning(this.old);
		writePublic(this.old);
		this.keys = keysAt(NOW);
		// The verifier reads the file only when an identity has an unknown key.
		this.verifier = new IdentityVerifier(new IdentitySettings(publicKeys(), 10, Duration.ofDays(1)), "feed-service",
				Clock.fixed(NOW, ZoneOffset.UTC));
	}

	@AfterEach
	void close() {
		this.keys.destroy();
		this.verifier.close();
	}

	@Test
	void signsWithTheKeyOfTheLatestNbf() throws IOException {
		writeSigning(this.old, this.next);
		assertThat(keyAt(NOW.plusSeconds(59))).isEqualTo("old");
		assertThat(keyAt(NOW.plusSeconds(60))).isEqualTo("next");
	}

	@Test
	void signsWithTheFirstOfTwoKeysWithoutNbf() throws IOException, JOSEException {
		writeSigning(new ECKeyGenerator(Curve.P_256).keyID("first").generate(), this.old);
		assertThat(keyAt(NOW)).isEqualTo("first");
	}

	@Test
	void signsWithAFutureKeyIfThereIsNoOther() throws IOException {
		writeSigning(this.next);
		assertThat(keyAt(NOW)).isEqualTo("next");
	}

	@Test
	void readsANewKeyWithoutARestart() throws IOException {
		writeSigning(always(this.next), this.old);
		Awaitility.await("the new key signs").until(() -> "next".equals(this.keys.current().id()));
	}

	@Test
	void keepsItsKeysWhileTheFileIsInvalid() throws IOException {
		Logger watching = (Logger) LoggerFactory.getLogger(WatchedFile.class);
		ListAppender<ILoggingEvent> seen = new ListAppender<>();
		seen.start();
		watching.addAppender(seen);
		Files.writeString(signingKeys(), "nonsense");
		Awaitility.await("the file is read").until(() -> !seen.list.isEmpty());
		watching.detachAppender(seen);
		assertThat(this.keys.current().id()).isEqualTo("old");
		writeSigning(always(this.next));
		Awaitility.await("the new key signs").until(() -> "next".equals(this.keys.current().id()));
	}

	@Test
	void acceptsBothKeysDuringTheRotation() throws IOException {
		String byOld = identity(this.old);
		StepVerifier.create(this.verifier.verify(byOld)).expectNextCount(1).verifyComplete();
		writePublic(this.old, this.next);
		StepVerifier.create(this.verifier.verify(identity(this.next))).expectNextCount(1).verifyComplete();
		StepVerifier.create(this.verifier.verify(byOld)).expectNextCount(1).verifyComplete();
		StepVerifier.create(this.verifier.verify(identity(this.old))).expectNextCount(1).verifyComplete();
	}

	@Test
	void rejectsCachedIdentitiesOfARemovedKey() throws IOException {
		String byOld = identity(this.old);
		StepVerifier.create(this.verifier.verify(byOld)).expectNextCount(1).verifyComplete();
		writePublic(this.next);
		StepVerifier.create(this.verifier.verify(identity(this.next))).expectNextCount(1).verifyComplete();
		StepVerifier.create(this.verifier.verify(byOld)).verifyError(Unauthenticated.class);
	}

	@Test
	void readsTheFileAtMostOnceASecondForUnknownKeys() throws IOException {
		String byNext = identity(this.next);
		long start = System.nanoTime();
		StepVerifier.create(this.verifier.verify(byNext)).verifyError(Unauthenticated.class);
		writePublic(this.old, this.next);
		Awaitility.await("the file is read again")
			.untilAsserted(() -> StepVerifier.create(this.verifier.verify(byNext)).expectNextCount(1).verifyComplete());
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
	}

	private String identity(ECKey key) throws IOException {
		Path file = this.directory.resolve("one");
		Files.writeString(file, key.toJSONString());
		SigningSettings settings = settings(file);
		SigningKeys one = new SigningKeys(settings, Clock.fixed(NOW, ZoneOffset.UTC));
		String identity = new TokenIssuer(one, settings, Clock.fixed(NOW, ZoneOffset.UTC))
			.issue(SESSION, "feed-service")
			.identity();
		one.destroy();
		assertThat(identity)
			.satisfies((text) -> assertThat(SignedJWT.parse(text).getHeader().getKeyID()).isEqualTo(key.getKeyID()));
		return identity;
	}

	private String keyAt(Instant moment) {
		SigningKeys then = keysAt(moment);
		String id = then.current().id();
		then.destroy();
		return id;
	}

	private SigningKeys keysAt(Instant moment) {
		return new SigningKeys(settings(signingKeys()), Clock.fixed(moment, ZoneOffset.UTC));
	}

	private static SigningSettings settings(Path file) {
		return new SigningSettings(file, Duration.ofSeconds(60), Duration.ofSeconds(30), 10, Duration.ofMillis(20));
	}

	private static ECKey always(ECKey key) {
		return new ECKey.Builder(key).notBeforeTime(null).build();
	}

	private void writeSigning(ECKey... all) throws IOException {
		Files.writeString(signingKeys(), new JWKSet(List.of(all)).toString(false));
	}

	private void writePublic(ECKey... all) throws IOException {
		List<JWK> halves = Arrays.stream(all).<JWK>map(ECKey::toPublicJWK).toList();
		Files.writeString(publicKeys(), new JWKSet(halves).toString());
	}

	private Path signingKeys() {
		return this.directory.resolve("signing-key.json");
	}

	private Path publicKeys() {
		return this.directory.resolve("jwks.json");
	}

}
