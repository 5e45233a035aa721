package dev.agora.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.agora.rules.Modules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The check of a cluster sees planted failures, and removes what it has installed. The
 * cluster is a script that answers as {@code kubectl} would.
 */
class ClusterCheckTests {

	private static final Path CHECK = Modules.root().resolve("system-tests/cluster");

	private static final Path TOOLS = Modules.root().resolve("system-tests/src/test/resources/cluster");

	@TempDir
	private Path folder = Path.of("");

	private int status;

	@BeforeEach
	void bashOnly() {
		assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "The check is a bash script.");
	}

	@Test
	void countsTheRequestsOfTheRestarts() throws Exception {
		assertThat(run(Map.of(), "--only", "restarts")).containsPattern("0 of [2-9]\\d{4} requests failed")
			.contains("| met |");
		assertThat(this.status).isZero();
	}

	@Test
	void aFailedRequestMissesTheGoal() throws Exception {
		for (String step : List.of("restarts", "upgrade", "drain", "single")) {
			assertThat(run(Map.of("PLANTED_FAILURES", "3"), "--only", step)).contains("| 3 of ", "| missed |");
			assertThat(this.status).isEqualTo(1);
		}
	}

	@Test
	void waitsUntilTheNamesOfNewInstancesAreKnown() throws Exception {
		assertThat(run(Map.of(), "--only", "scale")).contains("10 instances of services served", "| met |");
	}

	@Test
	void drainsANodeIfThereAreSeveral() throws Exception {
		String nodes = "node-1 node-2";
		assertThat(run(Map.of("PLANTED_NODES", nodes), "--only", "drain")).contains("a drained node of 2", "| met |");
		assertThat(calls()).anyMatch((call) -> call.startsWith("kubectl drain node-1"))
			.contains("kubectl uncordon node-1");
		assertThat(run(Map.of("PLANTED_NODES", nodes, "PLANTED_FAILURES", "3"), "--only", "drain"))
			.contains("| 3 of ", "| missed |");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '=', value = { "| a | 0 failed | 0 failed | met |= 0", "| a | no API | - | not run |= 0",
			"| a | 3 failed | 0 failed | missed |= 1", "| a | 0 failed | 0 failed |  |= 1", "''= 1" })
	void isMetOnlyIfEachLineHasAVerdict(String line, int expected) throws Exception {
		Files.writeString(this.folder.resolve("table"), line);
		Process verdict = new ProcessBuilder("/bin/bash", "-c", "work=\"$1\"; . \"$0\"; all_met",
				CHECK.resolve("common.sh").toString(), this.folder.toString())
			.start();
		assertThat(verdict.waitFor()).isEqualTo(expected);
	}

	@Test
	void fewFailedRequestsAreExpectedOfPodsThatAreDeletedByForce() throws Exception {
		assertThat(run(Map.of("PLANTED_FAILURES", "10"), "--only", "kill")).contains("| met |");
		assertThat(run(Map.of("PLANTED_FAILURES", "11"), "--only", "kill")).contains("| missed |");
	}

	@Test
	void waitsUntilTheLossOfEachDeletedPodIsNoticed() throws Exception {
		run(Map.of(), "--only", "kill");
		assertThat(calls()).filteredOn((call) -> call.equals("an instance is missing")).hasSize(5);
	}

	@Test
	void anOpenServerMissesTheGoal() throws Exception {
		assertThat(run(Map.of(), "--only", "policies")).contains("1 open, 12 refused", "| met |");
		assertThat(run(Map.of("PLANTED_OPEN", "redis"), "--only", "policies")).contains("redis", "is open")
			.contains("| missed |");
	}

	@Test
	void aFailedStepIsReportedAndTheReleaseIsRemoved() throws Exception {
		assertThat(run(Map.of("PLANTED_HELM", "rollback"), "--only", "upgrade,test")).contains("the step has failed",
				"helm test");
		assertThat(this.status).isEqualTo(1);
		List<String> calls = calls();
		assertThat(calls).anyMatch((call) -> call.startsWith("helm uninstall agora"))
			.contains("kubectl -n agora delete configmap cluster-check --ignore-not-found");
		assertThat(calls.indexOf("kubectl -n agora delete pods -l agora=cluster-check --wait=false")).isPositive();
	}

	@Test
	void measuresTheReleaseWithItsOwnValuesWhateverTheSteps() throws Exception {
		for (String steps : List.of("test", "test,install")) {
			Files.deleteIfExists(this.folder.resolve("calls"));
			run(Map.of(), "--only", steps);
			assertThat(calls()).filteredOn((call) -> call.matches("helm (upgrade --install|test) .*"))
				.first(InstanceOfAssertFactories.STRING)
				.contains("helm upgrade --install agora", "system-tests/cluster/values.yaml");
		}
		Files.delete(this.folder.resolve("calls"));
		run(Map.of(), "--only", "install,test");
		assertThat(calls()).filteredOn((call) -> call.startsWith("helm upgrade")).hasSize(1);
	}

	@Test
	void endsIfTheReleaseCannotBePrepared() throws Exception {
		assertThat(run(Map.of("PLANTED_HELM", "upgrade"), "--only", "test"))
			.contains("The release does not have the values of the check.");
		assertThat(this.status).isEqualTo(1);
		assertThat(calls()).noneMatch((call) -> call.startsWith("helm test"))
			.anyMatch((call) -> call.startsWith("helm uninstall"));
	}

	@Test
	void reinstallsTheReleaseWhileThePodOfAFailedTestRemains() throws Exception {
		assertThat(run(Map.of("PLANTED_HELM", "test"), "--only", "test,reinstall"))
			.containsPattern("helm test .*\\| missed \\|")
			.containsPattern("install with the old data .*found: the post.*\\| met \\|");
	}

	@Test
	void aReleaseThatExistsGetsItsValuesBack() throws Exception {
		Files.createFile(this.folder.resolve("installed"));
		run(Map.of(), "--only", "restarts");
		assertThat(calls()).noneMatch((call) -> call.startsWith("helm uninstall"))
			.anyMatch((call) -> call.matches("helm upgrade agora .* --reset-values -f .*/original.yaml"));
	}

	@Test
	void changesNothingIfTheReleasesCannotBeListed() throws Exception {
		Files.createFile(this.folder.resolve("installed"));
		assertThat(run(Map.of("PLANTED_HELM", "list"), "--only", "install"))
			.contains("Helm cannot list the releases in agora.");
		assertThat(this.status).isEqualTo(1);
		assertThat(calls()).noneMatch((call) -> call.matches("(helm (upgrade|uninstall)|kubectl .*delete).*"));
	}

	@Test
	void deletesNoVolumesAndSecretsOfAnEarlierRelease() throws Exception {
		String deletion = "kubectl -n agora delete persistentvolumeclaims,secrets -l app.kubernetes.io/instance=agora";
		run(Map.of(), "--only", "install");
		assertThat(calls()).contains(deletion);
		Files.delete(this.folder.resolve("calls"));
		assertThat(run(Map.of("PLANTED_DATA", "secret/agora-identity"), "--only", "install")).contains("remain");
		assertThat(calls()).doesNotContain(deletion).anyMatch((call) -> call.startsWith("helm uninstall agora"));
	}

	@Test
	void theRehearsalDeletesNoNamespaceThatWasThereBefore() throws Exception {
		assertThat(rehearse("taken")).contains("Name one that does not exist with --namespace.");
		assertThat(calls()).containsExactly("kubectl create namespace taken");
		rehearse("free");
		assertThat(calls()).contains("kubectl delete namespace free --wait=false");
	}

	/** Without a JDK, the build of the images ends at once. */
	private String rehearse(String namespace) throws IOException, InterruptedException {
		return run("rehearse", Map.of("JAVA_HOME", this.folder.toString()), "--namespace", namespace);
	}

	@Test
	void refusesAnUnknownStepAndListsTheDocumentedOnes() throws Exception {
		assertThat(run(Map.of(), "--only", "fly")).contains("There is no step fly");
		assertThat(this.status).isEqualTo(2);
		String documented = Pattern.compile("^\\| `([a-z]+)` \\|", Pattern.MULTILINE)
			.matcher(Files.readString(Modules.root().resolve("docs/cluster.md")))
			.results()
			.map((row) -> row.group(1))
			.sorted()
			.collect(Collectors.joining(" "));
		String listed = run(Map.of(), "--list").lines()
			.map((line) -> line.replaceAll(" .*", ""))
			.sorted()
			.collect(Collectors.joining(" "));
		assertThat(listed).isEqualTo(documented).contains("restarts");
	}

	private List<String> calls() throws IOException {
		return Files.readAllLines(this.folder.resolve("calls"));
	}

	private String run(Map<String, String> planted, String... options) throws IOException, InterruptedException {
		List<String> all = new ArrayList<>(List.of("--logs", this.folder.resolve("logs").toString()));
		all.addAll(List.of(options));
		return run("check", planted, all.toArray(String[]::new));
	}

	private String run(String script, Map<String, String> planted, String... options)
			throws IOException, InterruptedException {
		List<String> command = new ArrayList<>(List.of("/bin/bash", CHECK.resolve(script).toString()));
		command.addAll(List.of(options));
		ProcessBuilder process = new ProcessBuilder(command).redirectErrorStream(true);
		process.environment()
			.putAll(Map.of("CALLS", this.folder.resolve("calls").toString(), "PLANTED_FAILURES", "0", "PATH",
					TOOLS + ":" + System.getenv("PATH")));
		process.environment().putAll(planted);
		Process started = process.start();
		String output = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		this.status = started.waitFor();
		return output;
	}

}
