package dev.agora.measure;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.agora.measure.ClonePoint.Work;

import static org.assertj.core.api.Assertions.assertThat;

class ClonePointTests {

	@Test
	void aPointCountsIfItsInstancesAloneLimitIt() {
		assertThat(point(1, 1, 0.5).rejections(0.001, 1)).isEmpty();
	}

	@Test
	void anIdleInstanceIsNoLimit() {
		assertThat(point(0.9, 1, 0.5).rejections(0.001, 1))
			.containsExactly("an instance was idle in 10 % of its periods");
		assertThat(point(0.9, 1, 0.5).rejections(0.001, 2)).isEmpty();
	}

	@Test
	void anInstanceUsesItsQuota() {
		assertThat(point(1, 0.96, 0.5).rejections(0.001, 1))
			.containsExactly("an instance used another time than its quota");
	}

	@Test
	void anOperationCostsAsMuchAsWithOneInstance() {
		assertThat(point(1, 1, 0.5).rejections(0.0008, 1))
			.containsExactly("an operation cost 1.25 times as much as with one instance");
	}

	@Test
	void aBusyStoreLimitsTheInstances() {
		assertThat(point(1, 1, 7).rejections(0.001, 1)).containsExactly("redis is busy");
	}

	/** Ten seconds, 1,000 operations, and 1 CPU second of the instances. */
	private static ClonePoint point(double throttled, double quotaUse, double redis) {
		return new ClonePoint(2, new Work(1_000, 0, 10), Map.of(ClonePoint.INSTANCES, 1.0, "redis", redis),
				List.of(1.0, quotaUse), List.of(throttled, 1.0));
	}

}
