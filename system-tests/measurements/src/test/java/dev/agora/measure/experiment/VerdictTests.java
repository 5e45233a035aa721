package dev.agora.measure.experiment;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VerdictTests {

	@Test
	void aClaimThatDoesNotHoldIsNotExpected() {
		assertThat(Verdict.of(true, false).isExpected()).isTrue();
		assertThat(Verdict.of(false, false).isExpected()).isFalse();
	}

	@Test
	void aPlantedFaultIsExpectedToTurnTheVerdict() {
		assertThat(Verdict.of(false, true).isExpected()).isTrue();
		assertThat(Verdict.of(true, true)).satisfies((verdict) -> {
			assertThat(verdict.isExpected()).isFalse();
			assertThat(verdict.text()).contains("in spite of the planted fault");
		});
	}

	@Test
	void aCheckExpectsThatTheFaultTurnsTheVerdict() {
		assertThat(Verdict.ofCheck(true, false).isExpected()).isTrue();
		assertThat(Verdict.ofCheck(true, true).isExpected()).isFalse();
		assertThat(Verdict.ofCheck(false, false).isExpected()).isFalse();
		assertThat(Verdict.ofCheck(false, true).isExpected()).isFalse();
	}

	@Test
	void anExperimentThatWasNotMeasuredIsNotExpected() {
		Verdict verdict = Verdict.ofProblem("Redis is missing.");
		assertThat(verdict.isExpected()).isFalse();
		assertThat(verdict.text()).contains("not measured", "Redis is missing.");
	}

}
