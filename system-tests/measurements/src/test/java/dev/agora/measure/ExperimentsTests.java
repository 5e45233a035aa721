package dev.agora.measure;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.agora.measure.experiment.Claim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ExperimentsTests {

	@Test
	void eachExperimentHasANameOfItsOwnAndSaysWhatWouldRefuteIt() {
		assertThat(Experiments.names()).doesNotHaveDuplicates().isSorted();
		assertThat(Experiments.ALL.stream().map(Experiment::claim)).allSatisfy((claim) -> {
			assertThat(claim.text()).endsWith(".");
			assertThat(claim.refutation()).endsWith(".");
			assertThat(claim.fault()).isNotBlank();
		});
	}

	@Test
	void saysBeforehandWhatRefutesTheClaimAndWhatARunTakes() {
		assertThat(Experiments.ALL.stream().map(Experiment::claim)).allSatisfy(
				(claim) -> assertThat(claim.announcement()).contains(claim.name(), claim.text(), claim.refutation(),
						claim.fault(), claim.effort().full(), claim.effort().quick(), claim.effort().needs()));
		assertThat(Experiments.ALL).filteredOn((experiment) -> experiment.reading().isEmpty())
			.extracting((experiment) -> experiment.claim().name())
			.isSubsetOf("cap");
	}

	@Test
	void findsAnExperimentByItsName() {
		Claim claim = Experiments.named("cap").claim();
		assertThat(claim.name()).isEqualTo("cap");
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> Experiments.named("caps"))
			.withMessageContaining("cap");
	}

	@Test
	void drawsPopularObjectsInProportionToTheirRank() {
		List<String> drawn = Zipf.draw(List.of("first", "second", "third"), 11_000);
		assertThat(drawn.stream().filter("first"::equals).count()).isBetween(5_800L, 6_200L);
		assertThat(drawn.stream().filter("third"::equals).count()).isBetween(1_850L, 2_150L);
	}

	@Test
	void measuresPairsInAlternatingOrder() throws Exception {
		StringBuilder order = new StringBuilder();
		Pairs<Integer> pairs = Pairs.measure(1, 2, () -> order.append('a').length(), () -> order.append('b').length());
		assertThat(order).hasToString("ba" + "ab" + "ba");
		assertThat(pairs.one()).containsExactly(3, 6);
		assertThat(pairs.other()).containsExactly(4, 5);
	}

}
