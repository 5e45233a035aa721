package dev.agora.launcher.load;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.agora.launcher.load.api.ApiClient;
import dev.agora.launcher.root.Problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DataLoaderTests {

	@TempDir
	private Path directory;

	private FakeApi api;

	@BeforeEach
	void start() throws Exception {
		this.api = new FakeApi();
	}

	@AfterEach
	void stop() {
		this.api.close();
	}

	private int load(LoadCheckpoint checkpoint, DemoData demo) throws Exception {
		try (checkpoint) {
			DataLoader loader = new DataLoader(new ApiClient(this.api.url(), Duration.ofSeconds(20)), checkpoint, 8);
			return loader.loadMembers(demo.members(), demo.members().keySet()) + loader.loadProducts(demo.products())
					+ loader.loadFollows(demo.follows()) + loader.loadPosts(demo.posts());
		}
	}

	private void assertAllLoadedOnce() {
		assertThat(this.api.members).hasSize(50);
		assertThat(this.api.products).hasSize(200);
		assertThat(this.api.follows).hasSize(600);
		assertThat(this.api.posts).hasSize(100);
	}

	@Test
	void loadsTheSameDataTwiceWithoutDuplicates() throws Exception {
		assertThat(load(LoadCheckpoint.none(), new DemoData(1))).isZero();
		assertThat(load(LoadCheckpoint.none(), new DemoData(1))).isZero();
		assertAllLoadedOnce();
	}

	@Test
	void anOperatorImportsMembersAndFollows() throws Exception {
		ApiClient client = new ApiClient(this.api.url(), Duration.ofSeconds(20));
		Path file = this.directory.resolve("done.tsv");
		for (int run = 0; run < 2; run++) {
			try (LoadCheckpoint checkpoint = LoadCheckpoint.open(file)) {
				DataLoader loader = new DataLoader(client, checkpoint, 8);
				assertThat(LoadData.demo(new DemoData(1))
					.load(loader, new OperatorImports(client, "operator", Duration.ZERO))).isZero();
			}
		}
		assertAllLoadedOnce();
		assertThat(this.api.edgeImports.get()).as("one repetition in the first run").isEqualTo(2);
	}

	@Test
	void retriesWhileTheServerIsBusy() throws Exception {
		this.api.busyEvery = 7;
		assertThat(load(LoadCheckpoint.none(), new DemoData(1))).isZero();
		assertAllLoadedOnce();
	}

	@Test
	void continuesAnAbortedRun() throws Exception {
		Path file = this.directory.resolve("done.tsv");
		this.api.brokenAfter = 700;
		assertThatExceptionOfType(Problem.class).isThrownBy(() -> load(LoadCheckpoint.open(file), new DemoData(1)))
			.withMessageContaining("continues where it stopped");
		this.api.brokenAfter = Integer.MAX_VALUE;
		this.api.calls.set(0);
		assertThat(load(LoadCheckpoint.open(file), new DemoData(1))).isZero();
		assertAllLoadedOnce();
		assertThat(this.api.calls.get()).isLessThan(1000 - 700 + 150);
	}

	@Test
	void refusesASecondLoadAtTheSameTime() throws Exception {
		Path file = this.directory.resolve("done.tsv");
		try (LoadCheckpoint first = LoadCheckpoint.open(file)) {
			assertThatExceptionOfType(Problem.class).isThrownBy(() -> LoadCheckpoint.open(file))
				.withMessageContaining("process " + ProcessHandle.current().pid() + ") is loading data")
				.withMessageContaining("Wait until it has finished");
			first.put("key", "value");
		}
		try (LoadCheckpoint next = LoadCheckpoint.open(file)) {
			assertThat(next.get("key")).isEqualTo("value");
		}
	}

	@Test
	void continuesAfterAProductThatIsRefused() throws Exception {
		DataLoader loader = shopLoader();
		List<Map.Entry<String, NewProduct>> products = books().stream()
			.map((book) -> Map.entry("bookshop", book))
			.toList();
		assertThat(loader.loadProducts(products)).isEqualTo(1);
		assertThat(this.api.products.keySet()).containsExactlyInAnyOrder("Bearer bookshop load-1",
				"Bearer bookshop load-3");
	}

	@Test
	void importsTheProductsOfAFile() throws Exception {
		DataLoader loader = shopLoader();
		assertThat(loader.importProducts("bookshop", books())).isEqualTo(1);
		assertThat(this.api.products.keySet()).containsExactlyInAnyOrder("Bearer bookshop load-1",
				"Bearer bookshop load-3");
		assertThat(loader.importProducts("bookshop", List.of())).isZero();
	}

	private DataLoader shopLoader() throws Exception {
		DataLoader loader = new DataLoader(new ApiClient(this.api.url(), Duration.ofSeconds(5)), LoadCheckpoint.none(),
				2);
		assertThat(loader.loadMembers(Map.of("bookshop", "The Bookshop"), Set.of("bookshop"))).isZero();
		return loader;
	}

	private List<NewProduct> books() throws Exception {
		Path file = this.directory.resolve("books.csv");
		Files.writeString(file, BookFileTests.HEADER + BookFileTests.row(1, "Good") + BookFileTests.row(2, "Refused")
				+ BookFileTests.row(3, "Better"));
		return BookFile.read(file).good();
	}

	/** Runs in a process of its own, since progress bars bypass redirected streams. */
	@Test
	void showsProgressOfTheStagesInTheFilesAlone() throws Exception {
		Path edges = Files.writeString(this.directory.resolve("edges"), "1 0\n");
		Process load = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), "dev.agora.launcher.Agora", "load", "--url", this.api.url(),
				"--graph", edges.toString())
			.redirectErrorStream(true)
			.start();
		String shown = new String(load.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(load.waitFor()).as(shown).isZero();
		assertThat(shown).contains("members ", "follows ").doesNotContain("products", "posts");
	}

}
