package dev.agora.platform.projection;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.testing.TestProjections;

import static org.assertj.core.api.Assertions.assertThat;

class FreshEntryLookupTests {

	private final FreshEntryLookup entries = TestProjections.freshEntries();

	private final AtomicInteger reads = new AtomicInteger();

	@Test
	void waitsForTheEntryOfAFreshId() {
		StepVerifier.withVirtualTime(() -> this.entries.awaitFresh(idOfAge(0), (id) -> arrivesAfter(3)))
			.thenAwait(Duration.ofSeconds(1))
			.expectNext("entry")
			.verifyComplete();
	}

	@Test
	void givesUpAfterTheWaitTimeout() {
		StepVerifier.withVirtualTime(() -> this.entries.awaitFresh(idOfAge(0), (id) -> arrivesAfter(1000)))
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(1900))
			.thenAwait(Duration.ofMillis(200))
			.verifyComplete();
	}

	@Test
	void readsOnceForAnOldId() {
		StepVerifier.create(this.entries.awaitFresh(idOfAge(31), (id) -> arrivesAfter(3))).verifyComplete();
		assertThat(this.reads).hasValue(1);
	}

	@Test
	void doesNotReadForAMalformedId() {
		StepVerifier.create(this.entries.awaitFresh("no-such-id", (id) -> arrivesAfter(0))).verifyComplete();
		assertThat(this.reads).hasValue(0);
	}

	private Mono<String> arrivesAfter(int misses) {
		return (this.reads.getAndIncrement() < misses) ? Mono.empty() : Mono.just("entry");
	}

	private static String idOfAge(int seconds) {
		Instant then = Instant.now().minusSeconds(seconds);
		return new IdGenerator(Clock.fixed(then, ZoneOffset.UTC)).next();
	}

}
