package dev.agora.session.session;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import dev.agora.session.member.Profile;

import static org.assertj.core.api.Assertions.assertThat;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionCacheStoreTests {

	private static final Duration BOUND = Duration.ofSeconds(20);

	private final Instant now = Instant.parse("2026-01-02T03:04:05Z");

	private final TestSessions stored = new TestSessions();

	private final Sessions sessions = this.stored.sessions;

	private final SessionCache cache = this.stored.at(this.now);

	@AfterAll
	void close() {
		this.stored.close();
	}

	@Test
	void findsAnOpenSessionByItsToken() {
		StepVerifier.create(open().flatMap(this.cache::find)).assertNext((session) -> {
			assertThat(session.member().handle()).isEqualTo("ada");
			assertThat(session.memberVersion()).isEqualTo(3);
			assertThat(session.device()).isEqualTo("phone");
			assertThat(session.address()).isEqualTo("203.0.113.7");
			assertThat(session.expiresAt()).isEqualTo(this.now.plus(Duration.ofDays(14)));
		}).verifyComplete();
	}

	@Test
	void findsTheSessionOfAMemberWithAMillionVersions() {
		Profile ada = new Profile(TestSessions.ADA.id(), 1L << 20, "ada", "Ada", Instant.EPOCH, null);
		StepVerifier.create(this.stored.open(ada, this.now).flatMap(this.cache::find))
			.assertNext((session) -> assertThat(session.memberVersion()).isEqualTo(1L << 20))
			.verifyComplete();
	}

	@Test
	void findsNoSessionByAnotherToken() {
		StepVerifier.create(open().then(this.stored.tokens.generate()).flatMap(this.cache::find)).verifyComplete();
	}

	@Test
	void findsASessionAfterRedisWasFlushed() {
		StepVerifier
			.create(open().publishOn(Schedulers.boundedElastic())
				.doOnNext((token) -> this.stored.redis.flush())
				.flatMap(this.cache::find))
			.expectNextCount(1)
			.verifyComplete();
	}

	@Test
	void opensFindsAndEndsSessionsWhileRedisIsUnavailable() {
		this.stored.redis.stop(this.stored.guard);
		try {
			StepVerifier.create(open().flatMap((token) -> this.cache.find(token)
				.flatMap((session) -> this.cache.end(session.member().id(), session.id()).thenReturn(session.id()))
				.zipWhen((id) -> this.cache.find(token).hasElement()))).assertNext((ended) -> {
					assertThat(ended.getT1()).isNotEmpty();
					assertThat(ended.getT2()).isFalse();
				}).verifyComplete();
		}
		finally {
			this.stored.redis.start();
		}
	}

	@Test
	void findsNoSessionOnceItHasEnded() {
		StepVerifier.create(open().flatMap((token) -> this.cache.find(token)
			.flatMap((session) -> this.cache.end(session.member().id(), session.id()))
			.then(this.cache.find(token)))).verifyComplete();
	}

	@Test
	void findsNoSessionOnceItHasExpired() {
		SessionCache later = at(this.now.plus(Duration.ofDays(14)));
		StepVerifier.create(open().flatMap(later::find)).verifyComplete();
	}

	@Test
	void aUsedSessionExpiresLater() {
		SessionCache tenDaysLater = at(this.now.plus(Duration.ofDays(10)));
		SessionCache twentyDaysLater = at(this.now.plus(Duration.ofDays(20)));
		StepVerifier.create(open().flatMap((token) -> tenDaysLater.find(token).then(twentyDaysLater.find(token))))
			.assertNext((session) -> assertThat(session.expiresAt()).isEqualTo(this.now.plus(Duration.ofDays(20 + 14))))
			.verifyComplete();
	}

	@Test
	void recordsAUseInTheStore() {
		Instant later = this.now.plusSeconds(90);
		SessionCache cacheLater = at(later);
		StepVerifier.create(open().flatMap((token) -> cacheLater.find(token).then(this.sessions.find(token.hash()))))
			.assertNext((session) -> assertThat(session.seenAt()).isEqualTo(later))
			.verifyComplete();
	}

	@Test
	void doesNotReviveASessionThatEndedWhileItWasUsed() {
		Instant later = this.now.plusSeconds(90);
		StepVerifier.create(open().flatMap((token) -> this.sessions.find(token.hash())
			.flatMap((session) -> this.cache.end(session.member().id(), session.id())
				.then(this.sessions.touch(token.hash(), session.touched(later, Duration.ofDays(14)))))
			.then(this.sessions.find(token.hash())))).verifyComplete();
	}

	@Test
	void findsASessionFromBeforeAddressesWereStored() {
		Token token = open().block(BOUND);
		StepVerifier
			.create(this.stored.removeAddress(token)
				.then(Mono.fromRunnable(this.stored.redis::flush).subscribeOn(Schedulers.boundedElastic()))
				.then(this.cache.find(token)))
			.assertNext((session) -> {
				assertThat(session.address()).isNull();
				assertThat(session.device()).isEqualTo("phone");
			})
			.verifyComplete();
	}

	@Test
	void renamesASessionThatIsInUse() {
		Profile lovelace = new Profile(TestSessions.ADA.id(), 4, "ada", "Lovelace", Instant.EPOCH, null);
		Instant later = this.now.plusSeconds(90);
		SessionCache cacheLater = at(later);
		StepVerifier.create(open().flatMap((token) -> this.cache.find(token)
			.then(this.cache.changeMember(lovelace))
			// The use of a session that was read before the change.
			.then(cacheLater.find(token)))).assertNext((session) -> {
				assertThat(session.member().name()).isEqualTo("Lovelace");
				assertThat(session.memberVersion()).isEqualTo(4);
				assertThat(session.seenAt()).isEqualTo(later);
			}).verifyComplete();
	}

	@Test
	void keepsTheNewestNameWhenAnOlderChangeArrivesLate() {
		Profile fifth = new Profile(TestSessions.ADA.id(), 5, "ada", "Fifth", Instant.EPOCH, null);
		Profile fourth = new Profile(TestSessions.ADA.id(), 4, "ada", "Fourth", Instant.EPOCH, null);
		StepVerifier
			.create(open().flatMap((token) -> this.cache.changeMember(fifth)
				.then(this.cache.changeMember(fourth))
				.then(this.cache.find(token))))
			.assertNext((session) -> assertThat(session.member().name()).isEqualTo("Fifth"))
			.verifyComplete();
	}

	private Mono<Token> open() {
		return this.stored.open(TestSessions.ADA, this.now);
	}

	private SessionCache at(Instant moment) {
		return this.stored.at(moment);
	}

}
