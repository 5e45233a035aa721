package dev.agora.cluster;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.agora.rules.Modules;

import static org.assertj.core.api.Assertions.assertThat;

/** The steps of the check of a cluster see planted failures. */
class ClusterCheckTests {

	private final TestCluster cluster;

	ClusterCheckTests(@TempDir Path folder) {
		this.cluster = new TestCluster(folder);
	}

	@AfterEach
	void leavesNoProcess() throws Exception {
		this.cluster.awaitEndOfLoad();
	}

	@Test
	void countsTheRequestsOfTheRestarts() throws Exception {
		assertThat(this.cluster.check(Map.of(), "--only", "restarts"))
			.containsPattern("0 of [2-9]\\d{4} requests failed")
			.contains("| met |");
		assertThat(this.cluster.status()).isZero();
	}

	@Test
	void aFailedRequestMissesTheGoal() throws Exception {
		for (String step : List.of("restarts", "upgrade", "drain", "single")) {
			assertThat(this.cluster.check(Map.of("PLANTED_FAILURES", "3"), "--only", step)).contains("| 3 of ",
					"| missed |");
			assertThat(this.cluster.status()).isEqualTo(1);
		}
	}

	@Test
	void waitsUntilTheNamesOfNewInstancesAreKnown() throws Exception {
		assertThat(this.cluster.check(Map.of(), "--only", "scale")).contains("10 instances of services served",
				"| met |");
	}

	@Test
	void countsAllRequestsAlthoughTheConnectionToTheLogBreaks() throws Exception {
		assertThat(this.cluster.check(Map.of("PLANTED_BREAK", "yes"), "--only", "restarts")).contains("| met |");
		assertThat(this.cluster.calls()).contains("kubectl -n agora logs -f load --since=2s");
	}

	@Test
	void scalesWithTheLoadIfTheClusterHasMetrics() throws Exception {
		assertThat(this.cluster.check(Map.of(), "--only", "autoscale")).contains("no metrics API", "| not run |");
		assertThat(this.cluster.check(Map.of("PLANTED_METRICS", "yes"), "--only", "autoscale"))
			.contains("from 60 % of the request", "2 to 3 and back to 2 instances", "| met |");
	}

	@Test
	void drainsANodeIfThereAreSeveral() throws Exception {
		String nodes = "node-1 node-2";
		assertThat(this.cluster.check(Map.of("PLANTED_NODES", nodes), "--only", "drain"))
			.contains("a drained node of 2", "| met |");
		assertThat(this.cluster.calls()).anyMatch((call) -> call.startsWith("kubectl drain node-1"))
			.contains("kubectl uncordon node-1");
		assertThat(this.cluster.check(Map.of("PLANTED_NODES", nodes, "PLANTED_FAILURES", "3"), "--only", "drain"))
			.contains("| 3 of ", "| missed |");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '=', value = { "| a | 0 failed | 0 failed | met |= 0", "| a | no API | - | not run |= 0",
			"| a | 3 failed | 0 failed | missed |= 1", "| a | 0 failed | 0 failed |  |= 1", "''= 1" })
	void isMetOnlyIfEachLineHasAVerdict(String line, int expected, @TempDir Path folder) throws Exception {
		Files.writeString(folder.resolve("table"), line);
		Process verdict = new ProcessBuilder("/bin/bash", "-c", "work=\"$1\"; . \"$0\"; all_met",
				TestCluster.SCRIPTS.resolve("common.sh").toString(), folder.toString())
			.start();
		assertThat(verdict.waitFor()).isEqualTo(expected);
	}

	@Test
	void fewFailedRequestsAreExpectedOfPodsThatAreDeletedByForce() throws Exception {
		assertThat(this.cluster.check(Map.of("PLANTED_FAILURES", "10"), "--only", "kill")).contains("| met |");
		assertThat(this.cluster.check(Map.of("PLANTED_FAILURES", "11"), "--only", "kill")).contains("| missed |");
	}

	@Test
	void waitsUntilTheLossOfEachDeletedPodIsNoticed() throws Exception {
		this.cluster.check(Map.of(), "--only", "kill");
		assertThat(this.cluster.calls()).filteredOn((call) -> call.equals("an instance is missing")).hasSize(5);
	}

	@Test
	void anOpenServerMissesTheGoal() throws Exception {
		assertThat(this.cluster.check(Map.of(), "--only", "policies")).contains("1 open, 12 refused", "| met |");
		assertThat(this.cluster.check(Map.of("PLANTED_OPEN", "redis"), "--only", "policies"))
			.contains("redis", "is open")
			.contains("| missed |");
	}

	@Test
	void reinstallsTheReleaseWhileThePodOfAFailedTestRemains() throws Exception {
		assertThat(this.cluster.check(Map.of("PLANTED_HELM", "test"), "--only", "test,reinstall"))
			.containsPattern("helm test .*\\| missed \\|")
			.containsPattern("install with the old data .*found: the post.*\\| met \\|");
	}

	@Test
	void refusesAnUnknownStepAndListsTheDocumentedOnes() throws Exception {
		assertThat(this.cluster.check(Map.of(), "--only", "fly")).contains("There is no step fly");
		assertThat(this.cluster.status()).isEqualTo(2);
		String documented = Pattern.compile("^\\| `([a-z]+)` \\|", Pattern.MULTILINE)
			.matcher(Files.readString(Modules.root().resolve("docs/cluster.md")))
			.results()
			.map((row) -> row.group(1))
			.sorted()
			.collect(Collectors.joining(" "));
		String listed = this.cluster.check(Map.of(), "--list")
			.lines()
			.map((line) -> line.replaceAll(" .*", ""))
			.sorted()
			.collect(Collectors.joining(" "));
		assertThat(listed).isEqualTo(documented).contains("restarts");
	}

}
