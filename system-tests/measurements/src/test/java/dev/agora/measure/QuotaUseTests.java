package dev.agora.measure;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.agora.measure.RedundancyReport.Pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class QuotaUseTests {

	@Test
	void aQuotaIsTheLimitIfItIsUsedUpNearlyAlways() {
		assertThat(new QuotaUse(List.of(1.0, 0.98), List.of(0.96, 1.0)).isLimit(1)).isTrue();
		assertThat(new QuotaUse(List.of(1.0, 0.95), List.of(0.96, 1.0)).isLimit(1)).isFalse();
		assertThat(new QuotaUse(List.of(1.0, 1.0), List.of(0.92, 1.0)).isLimit(1)).isFalse();
		assertThat(new QuotaUse(List.of(1.0, 0.95), List.of(0.92, 1.0)).isLimit(2)).isTrue();
	}

	@Test
	void countsTheThrottledPeriodsBetweenTwoCounts() {
		assertThat(QuotaUse.throttled(List.of(new Quota.Periods(100, 10)), List.of(new Quota.Periods(200, 100))))
			.containsExactly(0.9);
	}

	@Test
	void pairsThatTheMachineLimitedAreNoFindings() {
		Pair counted = new Pair(100, 100, true);
		Pair other = new Pair(100, 50, false);
		assertThat(RedundancyReport.requireEnough(List.of(counted, other))).containsExactly(counted);
		assertThatExceptionOfType(Problem.class)
			.isThrownBy(() -> RedundancyReport.requireEnough(List.of(counted, other, other)))
			.withMessageContaining("1 of 3 pairs");
	}

}
