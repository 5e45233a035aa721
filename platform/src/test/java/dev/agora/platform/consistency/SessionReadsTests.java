package dev.agora.platform.consistency;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import dev.agora.platform.problem.Unavailable;

import static org.assertj.core.api.Assertions.assertThat;

class SessionReadsTests {

	private static final String TOPIC = "test.things.v1";

	private static final ConsistencyToken TOKEN = ConsistencyToken.NONE.with(TOPIC,
			List.of(new SeenWrite("a", 2, 100)));

	private final Progress progress = new Progress(TOPIC);

	private final SessionReads reads = new SessionReads(List.of(this.progress), settings(2));

	@Test
	void servesCopiesOnceTheyHaveTheWrites() {
		this.progress.copies = 100;
		assertThat(this.reads.awaitApplied("ann", "/things", TOKEN).block()).isTrue();
		assertThat(this.progress.checks).isZero();
	}

	@Test
	void servesTheStoreWhileCopiesMayLackAWrite() {
		this.progress.copies = 99;
		this.progress.versions = Map.of("a", 2L);
		assertThat(this.reads.awaitApplied("ann", "/things", TOKEN).block()).isFalse();
		this.progress.store = 100;
		this.progress.versions = Map.of();
		assertThat(this.reads.awaitApplied("ann", "/things", TOKEN).block()).isFalse();
	}

	@Test
	void waitsForAWriteAndGivesUpInTime() {
		StepVerifier.withVirtualTime(() -> this.reads.awaitApplied("ann", "/things", TOKEN))
			.thenAwait(Duration.ofMillis(500))
			.then(() -> this.progress.versions = Map.of("a", 2L))
			.thenAwait(Duration.ofMillis(50))
			.expectNext(false)
			.verifyComplete();
		this.progress.versions = Map.of("a", 1L);
		StepVerifier.withVirtualTime(() -> this.reads.awaitApplied("ann", "/things", TOKEN))
			.thenAwait(Duration.ofSeconds(2))
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOfSatisfying(Unavailable.class,
					(refusal) -> assertThat(refusal.retryAfter()).isPositive()))
			.verify();
	}

	@Test
	void doesNotTrustVersionsForWritesThatAreNotListed() {
		ConsistencyToken old = TOKEN.withoutOldest();
		this.progress.versions = Map.of("a", 2L);
		StepVerifier.withVirtualTime(() -> this.reads.awaitApplied("ann", "/things", old))
			.thenAwait(Duration.ofSeconds(2))
			.verifyError(Unavailable.class);
		this.progress.store = 100;
		assertThat(this.reads.awaitApplied("ann", "/things", old).block()).isFalse();
	}

	@Test
	void delaysNoReadThatDoesNotDependOnTheWrites() {
		assertThat(this.reads.awaitApplied("ann", "/others", TOKEN).block()).isTrue();
		ConsistencyToken foreign = ConsistencyToken.NONE.with("other.things.v1", List.of(new SeenWrite("a", 9, 9)));
		assertThat(this.reads.awaitApplied("ann", "/things", foreign).block()).isTrue();
	}

	@Test
	void aTokenOfAVersionThatNeverExistsKeepsNoOtherReadWaiting() {
		ConsistencyToken forged = ConsistencyToken.NONE.with(TOPIC,
				List.of(new SeenWrite("a", Long.MAX_VALUE, Long.MAX_VALUE)));
		this.progress.versions = Map.of("a", 2L);
		StepVerifier
			.withVirtualTime(() -> Flux.range(0, 10)
				.flatMap((number) -> this.reads.awaitApplied("ann", "/things", forged)
					.onErrorReturn(Unavailable.class, false))
				.count())
			.thenAwait(Duration.ofSeconds(2))
			.expectNext(10L)
			.verifyComplete();
		assertThat(this.progress.checks).as("only two of ten wait").isLessThan(10 + 8 + 2 * 41 + 1);
		assertThat(this.reads.awaitApplied("ann", "/things", TOKEN).block()).isFalse();
	}

	@Test
	void eightReadsOfOneCallerWaitAtTheSameTime() {
		SessionReads many = new SessionReads(List.of(this.progress), settings(100));
		StepVerifier
			.withVirtualTime(() -> Flux.range(0, 20)
				.flatMap((number) -> many.awaitApplied("eve", "/things", TOKEN).onErrorReturn(Unavailable.class, false))
				.doOnSubscribe((start) -> this.progress.checks = 0)
				.count())
			.thenAwait(Duration.ofMillis(100))
			.then(() -> assertThat(this.progress.checks).as("20 checks at once, then eight at a time")
				.isLessThanOrEqualTo(20 + 8 * 4))
			.thenAwait(Duration.ofSeconds(2))
			.expectNext(20L)
			.verifyComplete();
		StepVerifier.withVirtualTime(() -> many.awaitApplied("eve", "/things", TOKEN))
			.then(() -> this.progress.versions = Map.of("a", 2L))
			.thenAwait(Duration.ofMillis(25))
			.expectNext(false)
			.verifyComplete();
	}

	@Test
	void theWholeWaitIsBoundedHoweverSlowTheStoreIs() {
		this.progress.slow = true;
		StepVerifier.withVirtualTime(() -> this.reads.awaitApplied("ann", "/things", TOKEN))
			.thenAwait(Duration.ofSeconds(1))
			.verifyError(Unavailable.class);
	}

	@Test
	void asksOnlyTheSourcesThatAreBehindAgain() {
		Progress other = new Progress("test.others.v1");
		other.versions = Map.of("b", 1L);
		ConsistencyToken both = TOKEN.with("test.others.v1", List.of(new SeenWrite("b", 1, 100)));
		SessionReads two = new SessionReads(List.of(this.progress, other), settings(2));
		StepVerifier.withVirtualTime(() -> two.awaitApplied("ann", "/things", both))
			.thenAwait(Duration.ofMillis(500))
			.then(() -> this.progress.versions = Map.of("a", 2L))
			.thenAwait(Duration.ofMillis(25))
			.expectNext(false)
			.verifyComplete();
		assertThat(other.checks).isEqualTo(1);
		assertThat(this.progress.checks).isGreaterThan(10);
	}

	private static ConsistencySettings settings(int maxWaiting) {
		return new ConsistencySettings(Duration.ofSeconds(1), Duration.ofMillis(25), maxWaiting, Duration.ofSeconds(3));
	}

	/** A source whose progress a test sets. */
	private static final class Progress implements SourceProgress {

		private volatile long copies;

		private volatile long store;

		private volatile Map<String, Long> versions = Map.of();

		private volatile boolean slow;

		private int checks;

		private final String topic;

		Progress(String topic) {
			this.topic = topic;
		}

		@Override
		public String topic() {
			return this.topic;
		}

		@Override
		public boolean isReadBy(String path) {
			return path.equals("/things");
		}

		@Override
		public Mono<Long> copiesUntil() {
			return Mono.fromSupplier(() -> this.copies);
		}

		@Override
		public Mono<Long> storeUntil() {
			return Mono.fromSupplier(() -> this.store);
		}

		@Override
		public boolean applies(short type) {
			return true;
		}

		@Override
		public Mono<Boolean> isInStore(Map<String, Long> requested) {
			return this.slow ? Mono.never() : Mono.fromSupplier(() -> {
				this.checks++;
				return requested.entrySet()
					.stream()
					.allMatch((write) -> this.versions.getOrDefault(write.getKey(), 0L) >= write.getValue());
			});
		}

	}

}
