package dev.agora.gateway.resilience;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;

import dev.agora.platform.problem.DeadlineExceeded;
import dev.agora.platform.problem.Unavailable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ConcurrencyLimitTests {

	private static final LoadSheddingSettings SETTINGS = new LoadSheddingSettings(100, 60, 10, Duration.ofMillis(100),
			Duration.ofSeconds(1));

	private final MeterRegistry meters = new SimpleMeterRegistry();

	private long now = TimeUnit.HOURS.toNanos(1);

	@Test
	void rejectsMoreThanTheFixedBound() {
		ConcurrencyLimit limit = limit(3);
		IntStream.range(0, 3).forEach((i) -> limit.acquire());
		assertThatExceptionOfType(Unavailable.class).isThrownBy(limit::acquire)
			.satisfies((problem) -> assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(1)));
		assertThat(rejected("bulkhead")).isEqualTo(1);
		limit.release();
		assertThat(limit.acquire().inFlightAtStart()).isEqualTo(3);
		IntStream.range(0, 3).forEach((i) -> limit.release());
		assertThat(limit.inFlight()).isZero();
	}

	@Test
	void rejectsMoreThanTheCurrentLimitAndReportsBoth() {
		ConcurrencyLimit limit = limit(100);
		for (int i = 0; i < 60; i++) {
			limit.acquire();
		}
		assertThatExceptionOfType(Unavailable.class).isThrownBy(limit::acquire);
		assertThat(rejected("shed")).isEqualTo(1);
		assertThat(this.meters.get("route.in.flight").tag("route", "feeds").gauge().value()).isEqualTo(60);
		assertThat(this.meters.get("route.limit").tag("route", "feeds").gauge().value()).isEqualTo(60);
	}

	@Test
	void fallsWhenRequestsTakeLongerThanUsual() {
		ConcurrencyLimit limit = limit(100);
		pass(limit, 40, Duration.ofMillis(5));
		pass(limit, 40, Duration.ofMillis(50));
		assertThat(limit.limit()).isLessThan(30);
	}

	@Test
	void neverFallsBelowTheMinimum() {
		ConcurrencyLimit limit = limit(100);
		pass(limit, 40, Duration.ofMillis(5));
		pass(limit, 200, Duration.ofSeconds(2));
		assertThat(limit.limit()).isEqualTo(10);
	}

	@Test
	void risesAgainWhenRequestsAreQuickAgain() {
		ConcurrencyLimit limit = limit(100);
		pass(limit, 40, Duration.ofMillis(5));
		pass(limit, 40, Duration.ofMillis(50));
		pass(limit, 400, Duration.ofMillis(5));
		assertThat(limit.limit()).isEqualTo(100);
	}

	@Test
	void isFixedWhenTheMinimumIsTheMaximum() {
		ConcurrencyLimit limit = limit(10);
		pass(limit, 40, Duration.ofMillis(5));
		pass(limit, 40, Duration.ofSeconds(2));
		assertThat(limit.limit()).isEqualTo(10);
	}

	@Test
	void learnsFromResponsesAndTimeoutsButNotFromErrors() {
		Learning learning = new Learning();
		Permit permit = new Permit(System.nanoTime() - TimeUnit.SECONDS.toNanos(1), 60);
		for (int i = 0; i < 50; i++) {
			learning.limit.recordResponse(permit, HttpStatus.SERVICE_UNAVAILABLE);
			learning.limit.recordResponse(permit, HttpStatus.NOT_FOUND);
			learning.limit.recordFailure(permit, new IllegalStateException());
		}
		assertThat(learning.limit.limit()).isEqualTo(60);
		learning.until(() -> learning.limit.recordFailure(permit, new DeadlineExceeded("Too slow.")));
		learning.until(() -> learning.limit.recordResponse(permit, HttpStatus.OK));
	}

	/**
	 * Passes windows of requests with this latency, as many at a time as the limit
	 * admits.
	 */
	private void pass(ConcurrencyLimit limit, int windows, Duration latency) {
		for (int i = 0; i < windows * 20; i++) {
			this.now += Duration.ofMillis(6).toNanos();
			limit.recordLatency(new Permit(this.now - latency.toNanos(), limit.limit()), this.now);
		}
	}

	private ConcurrencyLimit limit(int max) {
		return new ConcurrencyLimit(Tags.of("route", "feeds"), max, SETTINGS, this.meters);
	}

	private double rejected(String reason) {
		return this.meters.get("route.rejected").tags("route", "feeds", "reason", reason).counter().count();
	}

	/**
	 * A limit that grows with each latency that it learns, since no request is slower
	 * than before.
	 */
	private static final class Learning {

		private final ConcurrencyLimit limit = new ConcurrencyLimit(Tags.of("route", "feeds"), 100, SETTINGS,
				new SimpleMeterRegistry());

		void until(Runnable sample) {
			int before = this.limit.limit();
			long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
			while (this.limit.limit() == before && System.nanoTime() < end) {
				sample.run();
			}
			assertThat(this.limit.limit()).isGreaterThan(before);
		}

	}

}
