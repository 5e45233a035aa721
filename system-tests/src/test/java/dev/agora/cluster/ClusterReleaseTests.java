package dev.agora.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The scripts that check a cluster leave it as they have found it. */
class ClusterReleaseTests {

	private final TestCluster cluster;

	ClusterReleaseTests(@TempDir Path folder) {
		this.cluster = new TestCluster(folder);
	}

	@AfterEach
	void leavesNoProcess() throws Exception {
		this.cluster.awaitEndOfLoad();
	}

	@Test
	void aFailedStepIsReportedAndTheReleaseIsRemoved() throws Exception {
		assertThat(this.cluster.check(Map.of("PLANTED_HELM", "rollback"), "--only", "upgrade,test"))
			.contains("the step has failed", "helm test");
		assertThat(this.cluster.status()).isEqualTo(1);
		List<String> calls = this.cluster.calls();
		assertThat(calls).anyMatch((call) -> call.startsWith("helm uninstall agora"))
			.contains("kubectl -n agora delete configmap cluster-check --ignore-not-found");
		assertThat(calls.indexOf("kubectl -n agora delete pods -l agora=cluster-check --wait=false")).isPositive();
	}

	@Test
	void measuresTheReleaseWithItsOwnValuesWhateverTheSteps() throws Exception {
		for (String steps : List.of("test", "test,install")) {
			this.cluster.check(Map.of(), "--only", steps);
			assertThat(this.cluster.calls()).filteredOn((call) -> call.matches("helm (upgrade --install|test) .*"))
				.first(InstanceOfAssertFactories.STRING)
				.contains("helm upgrade --install agora", "system-tests/cluster/values.yaml");
		}
		this.cluster.check(Map.of(), "--only", "install,test");
		assertThat(this.cluster.calls()).filteredOn((call) -> call.startsWith("helm upgrade")).hasSize(1);
	}

	@Test
	void endsIfTheReleaseCannotBePrepared() throws Exception {
		assertThat(this.cluster.check(Map.of("PLANTED_HELM", "upgrade"), "--only", "test"))
			.contains("The release does not have the values of the check.");
		assertThat(this.cluster.status()).isEqualTo(1);
		assertThat(this.cluster.calls()).noneMatch((call) -> call.startsWith("helm test"))
			.anyMatch((call) -> call.startsWith("helm uninstall"));
	}

	@Test
	void endsIfTheReleaseCannotBeInstalled() throws Exception {
		assertThat(this.cluster.check(Map.of("PLANTED_HELM", "upgrade"), "--only", "install,test"))
			.contains("| install | the step has failed |", "| missed |");
		assertThat(this.cluster.calls()).noneMatch((call) -> call.startsWith("helm test"));
	}

	@Test
	void aSignalEndsTheCommandInProgressAndRestoresTheRelease() throws Exception {
		Process check = this.cluster.startCheck(Map.of("PLANTED_HANG", "rollback"), "--only", "upgrade");
		Awaitility.await("the roll-back")
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.cluster.calls().stream().anyMatch((call) -> call.startsWith("helm rollback")));
		int begun = this.cluster.calls().size();
		check.destroy();
		assertThat(check.waitFor(20, TimeUnit.SECONDS)).isTrue();
		assertThat(check.exitValue()).isEqualTo(130);
		List<String> after = this.cluster.calls().subList(begun, this.cluster.calls().size());
		assertThat(after).anyMatch((call) -> call.startsWith("helm upgrade --install"))
			.anyMatch((call) -> call.startsWith("helm uninstall"));
	}

	@Test
	void aReleaseThatExistsGetsItsValuesBack() throws Exception {
		this.cluster.installRelease();
		this.cluster.check(Map.of(), "--only", "restarts");
		assertThat(this.cluster.calls()).noneMatch((call) -> call.startsWith("helm uninstall"))
			.anyMatch((call) -> call.matches("helm upgrade agora .* --reset-values -f .*/original.yaml"));
	}

	@Test
	void changesNothingIfTheReleasesCannotBeListed() throws Exception {
		this.cluster.installRelease();
		assertThat(this.cluster.check(Map.of("PLANTED_HELM", "list"), "--only", "install"))
			.contains("Helm cannot list the releases in agora.");
		assertThat(this.cluster.status()).isEqualTo(1);
		assertThat(this.cluster.calls())
			.noneMatch((call) -> call.matches("(helm (upgrade|uninstall)|kubectl .*delete).*"));
	}

	@Test
	void deletesNoVolumesAndSecretsOfAnEarlierRelease() throws Exception {
		String deletion = "kubectl -n agora delete persistentvolumeclaims,secrets -l app.kubernetes.io/instance=agora";
		this.cluster.check(Map.of(), "--only", "install");
		assertThat(this.cluster.calls()).contains(deletion);
		assertThat(this.cluster.check(Map.of("PLANTED_DATA", "secret/agora-identity"), "--only", "install"))
			.contains("remain");
		assertThat(this.cluster.calls()).doesNotContain(deletion)
			.anyMatch((call) -> call.startsWith("helm uninstall agora"));
	}

	@Test
	void theRehearsalDeletesNoNamespaceThatWasThereBefore() throws Exception {
		assertThat(this.cluster.rehearse("taken")).contains("Name one that does not exist with --namespace.");
		assertThat(this.cluster.calls()).containsExactly("kubectl create namespace taken");
		this.cluster.rehearse("free");
		assertThat(this.cluster.calls()).contains("kubectl delete namespace free --wait=false");
	}

}
