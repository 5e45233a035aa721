package dev.agora.feed.arrival;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import dev.agora.platform.id.IdGenerator;

import static org.assertj.core.api.Assertions.assertThat;

class ArrivalsTests {

	private final Arrivals arrivals = new Arrivals(Clock.systemUTC());

	private final AtomicInteger looks = new AtomicInteger();

	@Test
	void waitsForWhatIsYoung() {
		StepVerifier.withVirtualTime(() -> this.arrivals.await(madeAgo(0), (id) -> appearsAfter(3)))
			.thenAwait(Duration.ofSeconds(1))
			.expectNext("here")
			.verifyComplete();
	}

	@Test
	void givesUpAfterTwoSeconds() {
		StepVerifier.withVirtualTime(() -> this.arrivals.await(madeAgo(0), (id) -> appearsAfter(1000)))
			.expectSubscription()
			.expectNoEvent(Duration.ofMillis(1900))
			.thenAwait(Duration.ofMillis(200))
			.verifyComplete();
	}

	@Test
	void looksOnceForWhatIsOld() {
		StepVerifier.create(this.arrivals.await(madeAgo(31), (id) -> appearsAfter(3))).verifyComplete();
		assertThat(this.looks).hasValue(1);
	}

	@Test
	void doesNotLookForWhatIsNoId() {
		StepVerifier.create(this.arrivals.await("no-such-id", (id) -> appearsAfter(0))).verifyComplete();
		assertThat(this.looks).hasValue(0);
	}

	private Mono<String> appearsAfter(int others) {
		return (this.looks.getAndIncrement() < others) ? Mono.empty() : Mono.just("here");
	}

	private static String madeAgo(int seconds) {
		Instant then = Instant.now().minusSeconds(seconds);
		return new IdGenerator(Clock.fixed(then, ZoneOffset.UTC)).next();
	}

}
