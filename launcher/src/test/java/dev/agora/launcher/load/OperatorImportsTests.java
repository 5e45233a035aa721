package dev.agora.launcher.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.agora.launcher.load.api.ApiClient;
import dev.agora.launcher.load.imports.FileImport;
import dev.agora.launcher.load.imports.ImportJob;
import dev.agora.launcher.load.imports.ImportKind;
import dev.agora.launcher.load.imports.Refusals;
import dev.agora.launcher.root.Problem;
import dev.agora.launcher.root.ProcessState;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Imports members and follows, and registers the operator who does so. */
class OperatorImportsTests {

	@TempDir
	private Path directory;

	private FakeApi api;

	private ApiClient client;

	@BeforeEach
	void start() throws Exception {
		this.api = new FakeApi();
		this.client = new ApiClient(this.api.url(), Duration.ofSeconds(20));
	}

	@AfterEach
	void stop() {
		this.api.close();
	}

	@Test
	void dividesALongListIntoImportsWithKeysOfTheirOwn() throws Exception {
		this.api.edgeImports.set(1);
		int size = 2 * FileImport.MAX_ITEMS + 1;
		List<Follow> follows = IntStream.range(0, size).mapToObj((i) -> new Follow("ann", "bob" + i)).toList();
		assertThat(imports().importFollows(follows).count()).isZero();
		assertThat(this.api.follows).hasSize(size);
		assertThat(this.api.uploads).extracting((upload) -> upload.getValue().size())
			.containsExactly(FileImport.MAX_ITEMS, FileImport.MAX_ITEMS, 1);
		assertThat(this.api.uploads).extracting(Map.Entry::getKey).doesNotHaveDuplicates();
	}

	@Test
	void dividesLongLines() throws Exception {
		Map<String, String> names = Map.of("ann", "A".repeat(9 << 20), "bob", "B".repeat(9 << 20));
		assertThat(imports().importMembers(names).count()).isZero();
		assertThat(this.api.uploads).hasSize(2);
	}

	@Test
	void importsOnlyRefusedFollowsAgain() throws Exception {
		this.api.edgeImports.set(1);
		this.api.refusedFollow = "ann nobody";
		Follow bad = new Follow("ann", "nobody");
		Refusals<Follow> refused = imports()
			.importFollows(List.of(new Follow("ann", "bob"), bad, new Follow("bob", "ann")));
		assertThat(refused.count()).isOne();
		assertThat(refused.items()).containsExactly(bad);
		assertThat(refused.errors()).containsExactly("follows: ann nobody: follower is unknown");
		assertThat(this.api.uploads).hasSize(11);
		assertThat(this.api.uploads.subList(1, 11))
			.allSatisfy((upload) -> assertThat(upload.getValue()).containsExactly("ann nobody"));
	}

	@Test
	void cancelsAJobThatNoWorkerTakes() {
		this.api.stalled = true;
		ImportJob jobs = new ImportJob(this.client, "operator", ImportKind.FOLLOWS, Duration.ZERO);
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> jobs.run(List.of("ann bob"), (done) -> {
		})).withMessageContaining("graph-service").withMessageContaining("job J");
		assertThat(this.api.cancelled).hasValue(1);
	}

	@Test
	void usesTheAccountOfAKilledRunAndDeletesIt() throws Exception {
		Path file = this.directory.resolve("operator");
		LoadOperator killed = open(file);
		assertThat(this.api.operators).hasSize(1).isEqualTo(this.api.members);
		try (LoadOperator next = open(file)) {
			assertThat(next.token()).isEqualTo(killed.token());
			assertThat(this.api.members).hasSize(1);
		}
		assertThat(this.api.members).isEmpty();
		assertThat(file).doesNotExist();
		open(file).close();
		assertThat(this.api.operators).hasSize(2);
	}

	@Test
	void replacesTheAccountIfItsFileIsIncomplete() throws Exception {
		Path file = Files.writeString(this.directory.resolve("operator"), "load_");
		open(file).close();
		assertThat(this.api.operators).hasSize(1)
			.allSatisfy((handle) -> assertThat(handle).matches("load_[0-9a-f]{24}"));
	}

	private LoadOperator open(Path file) throws Exception {
		int port = Integer.parseInt(this.api.url().substring(this.api.url().lastIndexOf(':') + 1));
		return LoadOperator.open(this.client,
				new ProcessState("session-service-1", 1, port, port, "", "1", Instant.EPOCH, false, null), file);
	}

	private OperatorImports imports() {
		return new OperatorImports(this.client, "operator", Duration.ZERO);
	}

}
