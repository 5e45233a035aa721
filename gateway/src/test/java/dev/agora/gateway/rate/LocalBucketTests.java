package dev.agora.gateway.rate;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import dev.agora.gateway.rate.LocalBucket.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/** Ten requests a second, 40 at once: fetched four at a time. */
class LocalBucketTests {

	private static final RateLimit QUOTA = new RateLimit("member", 10, 40);

	private static final long START = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1);

	private final LocalBucket allowance = new LocalBucket(QUOTA, START);

	@Test
	void fetchesWithTheFirstRequestAndThenOnceAChunkIsHalfUsed() {
		assertThat(take(0)).isEqualTo(Verdict.SERVED_AND_LOW);
		assertThat(this.allowance.wanted()).isEqualTo(5);
		this.allowance.fetched(5, 35, START);
		assertThat(take(0)).isEqualTo(Verdict.SERVED);
		assertThat(take(0)).isEqualTo(Verdict.SERVED_AND_LOW);
		assertThat(this.allowance.wanted()).isEqualTo(2);
	}

	@Test
	void servesARequestWhoseThreadReadTheClockBeforeItWasMade() {
		assertThat(take(-20)).isEqualTo(Verdict.SERVED_AND_LOW);
		this.allowance.fetched(5, 35, START);
		assertThat(take(0)).isEqualTo(Verdict.SERVED);
	}

	@Test
	void serveWhileAnAnswerIsUnderWayAndPaysBackLater() {
		for (int i = 0; i < 10; i++) {
			assertThat(take(0)).isNotEqualTo(Verdict.REFUSED);
		}
		assertThat(this.allowance.wanted()).isEqualTo(14);
		this.allowance.fetched(3, 0, START);
		assertThat(take(0)).isEqualTo(Verdict.REFUSED);
		assertThat(take(200)).as("two of a chunk have been added").isEqualTo(Verdict.SERVED_AND_LOW);
		assertThat(this.allowance.wanted()).isEqualTo(12);
	}

	@Test
	void asksNothingWhileRedisHasNothing() {
		take(0);
		this.allowance.fetched(0, 0, START);
		for (int millis = 0; millis < 200; millis++) {
			assertThat(take(millis)).isEqualTo(Verdict.REFUSED);
		}
	}

	@Test
	void neverServesMoreThanItsOwnBucketHoldsWhateverRedisSays() {
		int served = 0;
		for (int i = 0; i < 1000; i++) {
			Verdict verdict = take(i);
			served += (verdict == Verdict.REFUSED) ? 0 : 1;
			if (verdict == Verdict.SERVED_AND_LOW) {
				this.allowance.fetched(this.allowance.wanted(), 1000, START);
			}
		}
		assertThat(served).isBetween(49, 50);
	}

	@Test
	void standsInWhileRedisIsAway() {
		int served = 0;
		for (int i = 0; i < 1000; i++) {
			Verdict verdict = take(i);
			served += (verdict == Verdict.REFUSED) ? 0 : 1;
			if (verdict == Verdict.SERVED_AND_LOW) {
				this.allowance.notFetched();
			}
		}
		assertThat(served).isBetween(49, 50);
	}

	@Test
	void tellsWhatIsLeft() {
		assertThat(this.allowance.left()).isEqualTo(40);
		take(0);
		this.allowance.fetched(5, 12, START);
		assertThat(this.allowance.left()).isEqualTo(16);
	}

	private Verdict take(long millis) {
		return this.allowance.take(START + TimeUnit.MILLISECONDS.toNanos(millis));
	}

}
