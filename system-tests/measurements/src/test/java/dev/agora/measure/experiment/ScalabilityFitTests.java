package dev.agora.measure.experiment;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.agora.measure.experiment.ScalabilityFit.Sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class ScalabilityFitTests {

	@Test
	void findsTheLawBehindExactThroughputs() {
		ScalabilityLaw law = new ScalabilityLaw(250, 0.04, 0.003);
		ScalabilityLaw found = new ScalabilityFit(samples(law, 0)).law();
		assertThat(found.rate()).isCloseTo(250, within(1e-6));
		assertThat(found.contention()).isCloseTo(0.04, within(1e-9));
		assertThat(found.coherency()).isCloseTo(0.003, within(1e-9));
	}

	@Test
	void findsNeitherContentionNorCoherencyInProportionalThroughputs() {
		ScalabilityFit fit = new ScalabilityFit(samples(new ScalabilityLaw(100, 0, 0), 0));
		assertThat(fit.law().efficiency(8)).isCloseTo(1, within(1e-9));
		assertThat(fit.efficiency(8)).isEqualTo("1.000 (1.000–1.000)");
	}

	@Test
	void noParameterIsNegativeIfInstancesHelpEachOther() {
		ScalabilityLaw law = new ScalabilityFit(
				List.of(new Sample(1, 100), new Sample(2, 210), new Sample(3, 330), new Sample(4, 460)))
			.law();
		assertThat(law.contention()).isZero();
		assertThat(law.coherency()).isZero();
		assertThat(law.rate()).isBetween(100.0, 115.0);
	}

	@Test
	void aGlobalLockIsContention() {
		ScalabilityLaw law = new ScalabilityFit(
				List.of(new Sample(1, 100), new Sample(2, 100), new Sample(3, 100), new Sample(4, 100)))
			.law();
		assertThat(law.contention()).isCloseTo(1, within(1e-9));
		assertThat(law.coherency()).isCloseTo(0, within(1e-9));
	}

	@Test
	void theIntervalContainsTheLawBehindNoisyThroughputs() {
		ScalabilityFit fit = new ScalabilityFit(samples(new ScalabilityLaw(100, 0.05, 0), 0.02));
		List<Double> figures = List.of(fit.text(ScalabilityLaw::contention).split("[ (–)]+"))
			.stream()
			.map(Double::valueOf)
			.toList();
		assertThat(figures).hasSize(3);
		assertThat(figures.get(1)).isLessThan(0.05);
		assertThat(figures.get(2)).isGreaterThan(0.05).isLessThan(0.12);
	}

	@Test
	void refusesMoreThanTwiceTheMeasuredInstances() {
		ScalabilityFit fit = new ScalabilityFit(samples(new ScalabilityLaw(100, 0.05, 0), 0));
		assertThat(fit.efficiency(8)).startsWith("0.741");
		assertThatIllegalArgumentException().isThrownBy(() -> fit.efficiency(9));
	}

	/** Each number of instances has one sample above the law and one below it. */
	private static List<Sample> samples(ScalabilityLaw law, double noise) {
		List<Sample> samples = new ArrayList<>();
		for (int instances = 1; instances <= 4; instances++) {
			samples.add(new Sample(instances, law.throughput(instances) * (1 + noise)));
			samples.add(new Sample(instances, law.throughput(instances) * (1 - noise)));
		}
		return samples;
	}

}
