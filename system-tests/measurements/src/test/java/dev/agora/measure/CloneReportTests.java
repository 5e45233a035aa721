package dev.agora.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.agora.measure.ClonePoint.Work;
import dev.agora.measure.experiment.Findings;

import static org.assertj.core.api.Assertions.assertThat;

class CloneReportTests {

	private final List<ClonePoint> points = new ArrayList<>();

	@Test
	void comparesTheSidesOfOnePass() {
		pass(1_000, 4_000, 1);
		pass(2_000, 8_000, 1);
		assertThat(findings().hold()).isTrue();
		assertThat(findings().checks().get(0).text()).contains("that of one: 1.000");
	}

	@Test
	void aPassCountsOnlyIfBothSidesCount() {
		pass(1_000, 2_000, 1);
		pass(1_000, 4_000, 0.5);
		pass(1_000, 2_000, 1);
		assertThat(findings().checks().get(0).text()).contains("that of one: 0.500");
	}

	@Test
	void fewerThanHalfOfThePassesAreASelection() {
		pass(1_000, 4_000, 1);
		pass(1_000, 4_000, 0.5);
		pass(1_000, 4_000, 0.5);
		assertThat(findings().hold()).isFalse();
		assertThat(findings().checks().get(0).text()).contains("1 of 3 passes",
				"an instance was idle in 50 % of its periods");
	}

	@Test
	void aSharedQuotaFailsByTheThroughput() {
		this.points.add(point(1, 1_000, 1, 1));
		this.points.add(point(4, 1_000, 1, 1.2));
		Findings findings = new CloneReport(1, true).findings(Map.of("load", this.points));
		assertThat(findings.checks().get(0).text()).contains("that of one: 0.250");
		assertThat(findings.hold()).isFalse();
	}

	@Test
	void instancesUseAQuotaAloneOrTogether() {
		assertThat(CloneGroup.quotaUse(List.of(0.1, 0.05), List.of(0.1, 0.1))).containsExactly(1.0, 0.5);
		assertThat(CloneGroup.quotaUse(List.of(0.25, 0.75), List.of(1.0))).containsExactly(1.0);
		assertThat(CloneGroup.quotaUse(List.of(0.1), List.of(0.1))).containsExactly(1.0);
	}

	private Findings findings() {
		return new CloneReport(1, false).findings(Map.of("load", this.points));
	}

	private void pass(double one, double four, double throttled) {
		this.points.add(point(1, one, 1, 1));
		this.points.add(point(4, four, throttled, 1));
	}

	/** A second, in which an operation costs a millisecond of CPU time or more. */
	private static ClonePoint point(int instances, double operations, double throttled, double costly) {
		return new ClonePoint(instances, new Work(operations, 0, 1),
				Map.of(ClonePoint.INSTANCES, operations * costly / 1_000), List.of(1.0), List.of(throttled));
	}

}
