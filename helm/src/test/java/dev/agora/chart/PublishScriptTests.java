package dev.agora.chart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs the script that publishes a release with tools that record their arguments. */
class PublishScriptTests {

	private static final List<String> MODULES = List.of("gateway", "session-service", "product-service",
			"graph-service", "feed-service", "console");

	private static final String TOOL = """
			#!/bin/sh
			echo "$(basename "$0") $*" >>"$CALLS"
			""";

	@TempDir
	private Path folder;

	@BeforeEach
	void create() throws IOException {
		Path script = this.folder.resolve("checkout/helm/publish.sh");
		Files.createDirectories(script.getParent());
		Files.copy(Chart.ROOT.resolve("helm/publish.sh"), script);
		for (String module : MODULES) {
			Path digest = this.folder.resolve("checkout").resolve(module).resolve("target/jib-image.digest");
			Files.createDirectories(digest.getParent());
			Files.writeString(digest, digest(module));
		}
		for (String tool : List.of("tools/helm", "tools/cosign", "checkout/mvnw")) {
			executable(tool, TOOL);
		}
		executable("tools/git", "#!/bin/sh\nprintf '%s' \"$CHANGES\"\n");
	}

	@Test
	void signsEachImageByItsDigestAndPushesTheChart() throws Exception {
		Outcome outcome = run("registry.example.com/team", "0.1.0", "");
		assertThat(outcome.status()).as(outcome.output()).isZero();
		assertThat(outcome.calls().get(0)).startsWith("mvnw -Pimages package jib:build")
			.contains("-pl " + String.join(",", MODULES), "-Dimage.registry=registry.example.com/team/",
					"-Dimage.tag=0.1.0");
		for (String module : MODULES) {
			String image = "registry.example.com/team/agora/" + module + "@" + digest(module);
			assertThat(outcome.calls()).contains("cosign sign --yes --key cosign.key " + image,
					"cosign attest --yes --key cosign.key --type cyclonedx --predicate " + module
							+ "/target/classes/META-INF/sbom/application.cdx.json " + image);
		}
		assertThat(outcome.calls().get(outcome.calls().size() - 2))
			.startsWith("helm package helm/agora --version 0.1.0")
			.contains("--sign --key agora");
		assertThat(outcome.calls().get(outcome.calls().size() - 1))
			.isEqualTo("helm push helm/target/publish/agora-0.1.0.tgz oci://registry.example.com/team/charts");
	}

	/** The values file that the script writes names the images that were signed. */
	@Test
	void writesTheDigestsAsValuesOfTheChart() throws Exception {
		run("registry.example.com/team", "0.1.0", "");
		Path digests = this.folder.resolve("checkout/helm/target/publish/digests.yaml");
		Chart chart = Chart.of("values-trial.yaml")
			.set("image.registry", "registry.example.com/team")
			.set("console.enabled", true);
		for (Map.Entry<String, String> value : SkaffoldTests.flat("", Chart.read(digests)).entrySet()) {
			chart = chart.set(value.getKey(), value.getValue());
		}
		assertThat(chart.render().all("Deployment")).hasSize(MODULES.size())
			.allSatisfy((owner) -> assertThat(owner.text("/spec/template/spec/containers/0/image"))
				.isEqualTo("registry.example.com/team/agora/" + owner.text("/spec/template/spec/containers/0/name")
						+ "@" + digest(owner.text("/spec/template/spec/containers/0/name"))));
	}

	@Test
	void publishesNoUncommittedChanges() throws Exception {
		Outcome outcome = run("registry.example.com/team", "0.1.0", " M pom.xml");
		assertThat(outcome.status()).isOne();
		assertThat(outcome.output()).contains("Commit or discard your changes first");
		assertThat(outcome.calls()).isEmpty();
	}

	@Test
	void publishesNothingUnderATagThatIsNoVersion() throws Exception {
		Outcome outcome = run("registry.example.com/team", "latest", "");
		assertThat(outcome.output()).contains("latest is no version");
		assertThat(outcome.calls()).isEmpty();
	}

	private static String digest(String module) {
		return "sha256:" + "%064x".formatted(MODULES.indexOf(module) + 1);
	}

	private Outcome run(String registry, String version, String changes) throws IOException, InterruptedException {
		Path output = this.folder.resolve("output");
		Path calls = this.folder.resolve("calls");
		ProcessBuilder script = new ProcessBuilder("bash", this.folder.resolve("checkout/helm/publish.sh").toString(),
				registry, version);
		script.environment().put("PATH", this.folder.resolve("tools") + ":" + System.getenv("PATH"));
		script.environment()
			.putAll(Map.of("CALLS", calls.toString(), "CHANGES", changes, "COSIGN_KEY", "cosign.key", "HELM_KEY",
					"agora"));
		Process process = script.redirectErrorStream(true).redirectOutput(output.toFile()).start();
		assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
		return new Outcome(process.exitValue(), Files.readString(output),
				Files.exists(calls) ? Files.readAllLines(calls) : List.of());
	}

	private void executable(String name, String text) throws IOException {
		Path file = this.folder.resolve(name);
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
		Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
	}

	private record Outcome(int status, String output, List<String> calls) {
	}

}
