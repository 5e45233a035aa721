package dev.agora.gateway.rate;

import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import dev.agora.gateway.rate.LocalBucket.Verdict;

import static org.assertj.core.api.Assertions.assertThat;

/** Ten requests a second, 40 at once, fetched four at a time. */
class LocalBucketTests {

	private static final RateLimit LIMIT = new RateLimit("member", 10, 40);

	private static final long START = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1);

	private final LocalBucket bucket = new LocalBucket(LIMIT, START);

	@Test
	void fetchesWithTheFirstRequestAndWhenHalfABatchIsUsed() {
		assertThat(take(0)).isEqualTo(Verdict.SERVED_AND_LOW);
		assertThat(this.bucket.fetchSize()).isEqualTo(5);
		this.bucket.onFetched(5, 35, START);
		assertThat(take(0)).isEqualTo(Verdict.SERVED);
		assertThat(take(0)).isEqualTo(Verdict.SERVED_AND_LOW);
		assertThat(this.bucket.fetchSize()).isEqualTo(2);
	}

	@Test
	void servesARequestWhoseThreadReadTheClockEarlier() {
		assertThat(take(-20)).isEqualTo(Verdict.SERVED_AND_LOW);
		this.bucket.onFetched(5, 35, START);
		assertThat(take(0)).isEqualTo(Verdict.SERVED);
	}

	@Test
	void servesDuringAFetchAndPaysTheDebtLater() {
		for (int i = 0; i < 10; i++) {
			assertThat(take(0)).isNotEqualTo(Verdict.REFUSED);
		}
		assertThat(this.bucket.fetchSize()).isEqualTo(14);
		this.bucket.onFetched(3, 0, START);
		assertThat(take(0)).isEqualTo(Verdict.REFUSED);
		assertThat(take(200)).as("two tokens of a batch have been added").isEqualTo(Verdict.SERVED_AND_LOW);
		assertThat(this.bucket.fetchSize()).isEqualTo(12);
	}

	@Test
	void fetchesNothingWhileRedisIsEmpty() {
		take(0);
		this.bucket.onFetched(0, 0, START);
		for (int millis = 0; millis < 200; millis++) {
			assertThat(take(millis)).isEqualTo(Verdict.REFUSED);
		}
	}

	@Test
	void neverServesMoreThanItsOwnBucketHolds() {
		int served = 0;
		for (int i = 0; i < 1000; i++) {
			Verdict verdict = take(i);
			served += (verdict == Verdict.REFUSED) ? 0 : 1;
			if (verdict == Verdict.SERVED_AND_LOW) {
				this.bucket.onFetched(this.bucket.fetchSize(), 1000, START);
			}
		}
		assertThat(served).isBetween(49, 50);
	}

	@Test
	void decidesAloneWhileRedisIsUnavailable() {
		int served = 0;
		for (int i = 0; i < 1000; i++) {
			Verdict verdict = take(i);
			served += (verdict == Verdict.REFUSED) ? 0 : 1;
			if (verdict == Verdict.SERVED_AND_LOW) {
				this.bucket.onFetchFailed();
			}
		}
		assertThat(served).isBetween(49, 50);
	}

	@Test
	void reportsTheTokensThatAreLeft() {
		assertThat(this.bucket.left()).isEqualTo(40);
		take(0);
		this.bucket.onFetched(5, 12, START);
		assertThat(this.bucket.left()).isEqualTo(16);
	}

	private Verdict take(long millis) {
		return this.bucket.tryTake(START + TimeUnit.MILLISECONDS.toNanos(millis));
	}

}
