package dev.agora.gateway.balance;

import java.time.Duration;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PeakEwmaTests {

	private static final Duration DECAY = Duration.ofSeconds(10);

	private static final Percentage CLOSELY = Percentage.withPercentage(1);

	private final PeakEwma latency = new PeakEwma(DECAY);

	private long now = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

	@Test
	void isUnknownAtFirst() {
		assertThat(millis()).isZero();
	}

	@Test
	void followsAPeakAtOnce() {
		observe(5);
		observe(80);
		assertThat(millis()).isCloseTo(80, CLOSELY);
	}

	@Test
	void returnsToTheUsualLatencySlowly() {
		observe(80);
		pass(Duration.ofMillis(100));
		observe(5);
		assertThat(millis()).isBetween(79.0, 80.0);
		for (int i = 0; i < 100; i++) {
			pass(Duration.ofMillis(100));
			observe(5);
		}
		assertThat(millis()).as("after one decay").isCloseTo(5 + 75 / Math.E, CLOSELY);
		for (int i = 0; i < 500; i++) {
			pass(Duration.ofMillis(100));
			observe(5);
		}
		assertThat(millis()).isBetween(4.9, 5.5);
	}

	@Test
	void decaysWithoutRequests() {
		observe(80);
		pass(DECAY);
		assertThat(millis()).isCloseTo(80 / Math.E, CLOSELY);
		pass(Duration.ofDays(60));
		assertThat(millis()).isLessThan(0.001);
	}

	@Test
	void risesWithQuickFailures() {
		observe(5);
		this.latency.observeFailure(0, this.now);
		assertThat(millis()).isCloseTo(20, CLOSELY);
		for (int i = 0; i < 10; i++) {
			this.latency.observeFailure(0, this.now);
		}
		assertThat(millis()).as("however often").isCloseTo(1000, CLOSELY);
	}

	@Test
	void risesWithAFirstFailure() {
		this.latency.observeFailure(0, this.now);
		assertThat(millis()).isCloseTo(4, CLOSELY);
	}

	@Test
	void ignoresACancelledRequestThatWasQuicker() {
		observe(5);
		this.latency.observeAtLeast(Duration.ofMillis(1).toNanos(), this.now);
		assertThat(millis()).isCloseTo(5, CLOSELY);
		this.latency.observeAtLeast(Duration.ofMillis(9).toNanos(), this.now);
		assertThat(millis()).isCloseTo(9, CLOSELY);
	}

	private void observe(long millis) {
		this.latency.observe(Duration.ofMillis(millis).toNanos(), this.now);
	}

	private double millis() {
		return this.latency.valueAt(this.now) / 1_000_000;
	}

	private void pass(Duration time) {
		this.now += time.toNanos();
	}

}
