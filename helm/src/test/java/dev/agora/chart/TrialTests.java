package dev.agora.chart;

import java.math.BigDecimal;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks that a trial fits a small machine, also while all instances are replaced. */
class TrialTests {

	private static final Rendering TRIAL = Chart.of("values-trial.yaml").render();

	/**
	 * Two processors less the requests of the system pods of kind, which are more than
	 * those of minikube: etcd 100, API server 250, controllers 200, scheduler 100, two
	 * name servers 200, network 100, in thousandths.
	 */
	private static final int FREE_MILLIS = 2000 - 950;

	/** The memory of 8 GiB less 290 MiB of the same pods, and 1 GiB for the machine. */
	private static final int FREE_MEBIBYTES = 8 * 1024 - 290 - 1024;

	@Test
	void fitsTwoProcessorsWhileAllInstancesAreReplaced() {
		assertThat(millis(TRIAL)).isLessThanOrEqualTo(FREE_MILLIS);
		assertThat(millis(Chart.of("values-trial.yaml").set("console.enabled", true).render()))
			.isLessThanOrEqualTo(FREE_MILLIS);
	}

	@Test
	void fitsTheMemoryWhileAllInstancesAreReplaced() {
		assertThat(mebibytes(TRIAL)).isLessThanOrEqualTo(FREE_MEBIBYTES);
	}

	@Test
	void findsARequestThatIsTooLarge() {
		assertThat(
				millis(Chart.of("values-trial.yaml").set("workloads.gateway.resources.requests.cpu", "250m").render()))
			.isGreaterThan(FREE_MILLIS);
	}

	@Test
	void statesTheSumInTheDocs() throws java.io.IOException {
		assertThat(java.nio.file.Files.readString(Chart.ROOT.resolve("docs/kubernetes.md")))
			.contains(millis(TRIAL) + "m", mebibytes(TRIAL) + " MiB");
	}

	private static int millis(Rendering rendering) {
		return sum(rendering, "cpu");
	}

	private static int mebibytes(Rendering rendering) {
		return sum(rendering, "memory");
	}

	/**
	 * Sums up the requests: each Deployment has the former and the new instance at a
	 * time, and the jobs and the test may run meanwhile.
	 */
	private static int sum(Rendering rendering, String resource) {
		return Stream.concat(rendering.pods(), rendering.all("Deployment").flatMap(Pod::of))
			.flatMap(Pod::containers)
			.mapToInt((container) -> amount(container.at("/resources/requests/" + resource).asString()))
			.sum();
	}

	/** Returns thousandths of processors, or MiB. */
	private static int amount(String quantity) {
		if (quantity.endsWith("Gi")) {
			return 1024 * Integer.parseInt(quantity.replace("Gi", ""));
		}
		return quantity.matches("[0-9.]+") ? new BigDecimal(quantity).movePointRight(3).intValueExact()
				: Integer.parseInt(quantity.replaceAll("m|Mi", ""));
	}

}
