package dev.agora.gateway.resilience;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

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
	void refusesMoreThanTheFixedNumber() {
		ConcurrencyLimit limit = limit(3);
		List<Permit> admitted = new ArrayList<>(List.of(limit.enter(), limit.enter(), limit.enter()));
		assertThatExceptionOfType(Unavailable.class).isThrownBy(limit::enter)
			.satisfies((refusal) -> assertThat(refusal.retryAfter()).isEqualTo(Duration.ofSeconds(1)));
		assertThat(rejected("bulkhead")).isEqualTo(1);
		admitted.remove(0).leave();
		admitted.add(limit.enter());
		admitted.forEach(Permit::leave);
		assertThat(limit.inFlight()).isZero();
	}

	@Test
	void shedsWhatIsOverItsPresentLimitAndShowsBoth() {
		ConcurrencyLimit limit = limit(100);
		for (int i = 0; i < 60; i++) {
			limit.enter();
		}
		assertThatExceptionOfType(Unavailable.class).isThrownBy(limit::enter);
		assertThat(rejected("shed")).isEqualTo(1);
		assertThat(this.meters.get("route.in.flight").tag("route", "feeds").gauge().value()).isEqualTo(60);
		assertThat(this.meters.get("route.limit").tag("route", "feeds").gauge().value()).isEqualTo(60);
	}

	@Test
	void letsFewerInWhenRequestsTakeLongerThanUsual() {
		ConcurrencyLimit limit = limit(100);
		pass(limit, 40, Duration.ofMillis(5));
		pass(limit, 40, Duration.ofMillis(50));
		assertThat(limit.limit()).isLessThan(30);
	}

	@Test
	void keepsSomeGoingHoweverLongTheyTake() {
		ConcurrencyLimit limit = limit(100);
		pass(limit, 40, Duration.ofMillis(5));
		pass(limit, 200, Duration.ofSeconds(2));
		assertThat(limit.limit()).isEqualTo(10);
	}

	@Test
	void letsMoreInAgainWhenRequestsAreQuickAgain() {
		ConcurrencyLimit limit = limit(100);
		pass(limit, 40, Duration.ofMillis(5));
		pass(limit, 40, Duration.ofMillis(50));
		pass(limit, 400, Duration.ofMillis(5));
		assertThat(limit.limit()).isEqualTo(100);
	}

	@Test
	void shedsNothingByMeasuringWhereTheLeastIsTheMost() {
		ConcurrencyLimit limit = limit(10);
		pass(limit, 40, Duration.ofMillis(5));
		pass(limit, 40, Duration.ofSeconds(2));
		assertThat(limit.limit()).isEqualTo(10);
	}

	@Test
	void learnsFromAnswersAndTimeOutsButNotFromRefusals() {
		Learning learning = new Learning();
		Permit admission = new Permit(learning.limit, System.nanoTime() - TimeUnit.SECONDS.toNanos(1), 60);
		for (int i = 0; i < 50; i++) {
			admission.answered(HttpStatus.SERVICE_UNAVAILABLE);
			admission.answered(HttpStatus.NOT_FOUND);
			admission.failed(new IllegalStateException());
		}
		assertThat(learning.limit.limit()).isEqualTo(60);
		learning.until(() -> admission.failed(new DeadlineExceeded("Too slow.")));
		learning.until(() -> admission.answered(HttpStatus.OK));
	}

	/** Full windows of requests, each of which took so long amidst as many as may be. */
	private void pass(ConcurrencyLimit limit, int windows, Duration each) {
		for (int i = 0; i < windows * 20; i++) {
			this.now += Duration.ofMillis(6).toNanos();
			limit.took(this.now - each.toNanos(), this.now, limit.limit());
		}
	}

	private ConcurrencyLimit limit(int most) {
		return new ConcurrencyLimit(Tags.of("route", "feeds"), most, SETTINGS, this.meters);
	}

	private double rejected(String reason) {
		return this.meters.get("route.rejected").tags("route", "feeds", "reason", reason).counter().count();
	}

	/** A limit whose learning shows as growth, since nothing is slower than before. */
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
