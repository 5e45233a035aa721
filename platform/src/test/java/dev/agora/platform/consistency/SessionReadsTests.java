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

	private final Progress progress = new Progress();

	private final SessionReads reads = new SessionReads(List.of(this.progress), settings(2));

	@Test
	void servesCopiesOnceTheyHaveTheWrites() {
		this.progress.copies = 100;
		assertThat(this.reads.awaitApplied("/things", TOKEN).block()).isTrue();
		assertThat(this.progress.checks).isZero();
	}

	@Test
	void servesTheStoreWhileCopiesMayLackAWrite() {
		this.progress.copies = 99;
		this.progress.versions = Map.of("a", 2L);
		assertThat(this.reads.awaitApplied("/things", TOKEN).block()).isFalse();
		this.progress.store = 100;
		this.progress.versions = Map.of();
		assertThat(this.reads.awaitApplied("/things", TOKEN).block()).isFalse();
	}

	@Test
	void waitsForAWriteAndGivesUpInTime() {
		StepVerifier.withVirtualTime(() -> this.reads.awaitApplied("/things", TOKEN))
			.thenAwait(Duration.ofMillis(500))
			.then(() -> this.progress.versions = Map.of("a", 2L))
			.thenAwait(Duration.ofMillis(50))
			.expectNext(false)
			.verifyComplete();
		this.progress.versions = Map.of("a", 1L);
		StepVerifier.withVirtualTime(() -> this.reads.awaitApplied("/things", TOKEN))
			.thenAwait(Duration.ofSeconds(2))
			.expectErrorSatisfies((failure) -> assertThat(failure).isInstanceOfSatisfying(Unavailable.class,
					(refusal) -> assertThat(refusal.retryAfter()).isPositive()))
			.verify();
	}

	@Test
	void doesNotTrustVersionsForWritesThatAreNotListed() {
		ConsistencyToken old = TOKEN.compact((topic) -> 100);
		this.progress.versions = Map.of("a", 2L);
		StepVerifier.withVirtualTime(() -> this.reads.awaitApplied("/things", old))
			.thenAwait(Duration.ofSeconds(2))
			.verifyError(Unavailable.class);
		this.progress.store = 100;
		assertThat(this.reads.awaitApplied("/things", old).block()).isFalse();
	}

	@Test
	void delaysNoReadThatDoesNotDependOnTheWrites() {
		assertThat(this.reads.awaitApplied("/others", TOKEN).block()).isTrue();
		ConsistencyToken foreign = ConsistencyToken.NONE.with("other.things.v1", List.of(new SeenWrite("a", 9, 9)));
		assertThat(this.reads.awaitApplied("/things", foreign).block()).isTrue();
	}

	@Test
	void aTokenOfAVersionThatNeverExistsKeepsNoOtherReadWaiting() {
		ConsistencyToken forged = ConsistencyToken.NONE.with(TOPIC,
				List.of(new SeenWrite("a", Long.MAX_VALUE, Long.MAX_VALUE)));
		this.progress.versions = Map.of("a", 2L);
		StepVerifier
			.withVirtualTime(() -> Flux.range(0, 10)
				.flatMap((number) -> this.reads.awaitApplied("/things", forged).onErrorReturn(Unavailable.class, false))
				.count())
			.thenAwait(Duration.ofSeconds(2))
			.expectNext(10L)
			.verifyComplete();
		assertThat(this.progress.checks).as("only two of ten wait").isLessThan(10 + 8 + 2 * 41 + 1);
		assertThat(this.reads.awaitApplied("/things", TOKEN).block()).isFalse();
	}

	private static ConsistencySettings settings(int maxWaiting) {
		return new ConsistencySettings(Duration.ofSeconds(1), Duration.ofMillis(25), maxWaiting, Duration.ofSeconds(3));
	}

	/** A source whose progress a test sets. */
	private static final class Progress implements SourceProgress {

		private volatile long copies;

		private volatile long store;

		private volatile Map<String, Long> versions = Map.of();

		private int checks;

		@Override
		public String topic() {
			return TOPIC;
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
		public long lastCopiesUntil() {
			return this.copies;
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
		public Mono<Boolean> isInStore(Map<String, Long> wanted) {
			return Mono.fromSupplier(() -> {
				this.checks++;
				return wanted.entrySet()
					.stream()
					.allMatch((write) -> this.versions.getOrDefault(write.getKey(), 0L) >= write.getValue());
			});
		}

	}

}
