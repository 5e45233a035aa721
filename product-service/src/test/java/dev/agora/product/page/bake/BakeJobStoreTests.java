package dev.agora.product.page.bake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.Stored;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.job.Job;
import dev.agora.platform.job.JobProgress;
import dev.agora.platform.job.JobReport;
import dev.agora.platform.job.JobRun;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestRedisServer;
import dev.agora.product.page.PagePath;
import dev.agora.product.page.build.TestPages;
import dev.agora.product.page.render.Stylesheet;
import dev.agora.product.page.render.TestProducts;
import dev.agora.product.page.release.DirectoryTarget;
import dev.agora.product.page.release.PageFile;
import dev.agora.product.page.release.PageTarget;
import dev.agora.product.page.release.TargetFailed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Builds all pages of a catalogue, in one run or several. */
class BakeJobStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final TestRedisServer redis = TestRedisServer.started();

	private static int databases;

	@TempDir
	private Path directory;

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	private final Stylesheet stylesheet = new Stylesheet();

	private TestPages built;

	BakeJobStoreTests() throws IOException {
	}

	@BeforeEach
	void open() {
		databases++;
		this.built = new TestPages(mongo, redis, "bake" + databases);
	}

	@AfterEach
	void close() {
		this.built.close();
	}

	@AfterAll
	static void stop() {
		mongo.close();
		redis.close();
	}

	@Test
	void buildsThePagesOfProductsThatNoEventHasBuilt() {
		List<String> ids = createMany();
		BakeResult result = bake(job(null), run(null));
		assertThat(result).isEqualTo(new BakeResult(50, 2, 0, false));
		assertThat(ids).allSatisfy((id) -> assertThat(text(id)).contains("<h1"));
		assertThat(this.built.text(PagePath.ofCategory("c0"))).contains("Product 48").doesNotContain("Product 49<");
		assertThat(this.built.text(PagePath.ofSitemapPart(1)) + this.built.text(PagePath.ofSitemapPart(2)))
			.contains(ids.get(0), ids.get(49), "/pages/categories/c1");
		assertThat(this.built.text(PagePath.TRENDING)).contains("Product 49");
	}

	@Test
	void reportsProgressAndResumesAfterTheLastProduct() {
		List<String> ids = createMany();
		JobRun first = run(null);
		bake(job(null), first);
		assertThat(first.latest().progress().done()).isEqualTo(50);
		BakeCheckpoint reached = new BakeCheckpoint(ids.get(29), 30);
		this.built.forgetPages();
		JobRun second = run(reached);
		assertThat(bake(job(null), second).products()).isEqualTo(50);
		assertThat(text(ids.get(29))).isEmpty();
		assertThat(text(ids.get(30))).isNotEmpty();
		assertThat(second.latest().progress().done()).isEqualTo(50);
	}

	@Test
	void writesNothingForPagesThatAreCurrent() {
		createMany();
		bake(job(null), run(null));
		int writes = mongo.count("update", "pages");
		bake(job(null), run(null));
		// The pages of the categories, the trending page, and the sitemap with two parts.
		assertThat(mongo.count("update", "pages") - writes).isEqualTo(6);
	}

	@Test
	void removesThePagesOfProductsWhoseRemovalWasMissed() {
		List<String> ids = createMany();
		bake(job(null), run(null));
		this.built.delist(ids.get(0));
		bake(job(null), run(null));
		assertThat(text(ids.get(0))).isEmpty();
		assertThat(this.built.text(PagePath.ofSitemapPart(1))).doesNotContain(ids.get(0));
	}

	@Test
	void writesAReleaseWithAManifestToTheTarget() throws IOException {
		List<String> ids = createMany();
		BakeResult result = bake(job(new DirectoryTarget(this.directory)), run(null));
		assertThat(result.published()).isTrue();
		Path current = this.directory.resolve("current");
		JsonNode manifest = new JsonMapper().readTree(Files.readString(current.resolve("manifest.json")));
		assertThat(manifest.size()).isEqualTo(1);
		JsonNode part = new JsonMapper().readTree(Files.readString(current.resolve("manifests/1.json")));
		assertThat(part.size()).isEqualTo(50 + 2 + 4 + 1);
		assertThat(result.files()).isEqualTo(part.size() + 2);
		assertThat(current.resolve("pages/products/" + ids.get(7) + ".html")).content().contains("Product 7");
		part.forEach((entry) -> assertThat(current.resolve(fileOf(entry))).exists());
	}

	@Test
	void aRunThatIsInterruptedInTheExportPublishesNothing() throws IOException {
		createMany();
		bake(job(new DirectoryTarget(this.directory)), run(null));
		Path published = Files.readSymbolicLink(this.directory.resolve("current"));
		assertThatExceptionOfType(TargetFailed.class)
			.isThrownBy(() -> bake(job(new FullTarget(this.directory, 20)), run(null)))
			.withMessageContaining("The pages cannot be written to");
		assertThat(Files.readSymbolicLink(this.directory.resolve("current"))).isEqualTo(published);
		assertThat(bake(job(new DirectoryTarget(this.directory)), run(null)).published()).isTrue();
		assertThat(Files.readSymbolicLink(this.directory.resolve("current"))).isNotEqualTo(published);
	}

	@Test
	void anotherRunOfTheJobLeavesThePublishedReleaseAsItIs() throws IOException {
		List<String> ids = createMany();
		String job = this.ids.next();
		bake(job(new DirectoryTarget(this.directory)), run(job, 3, null));
		Path published = this.directory.resolve("current").toRealPath();
		this.built.delist(ids.get(7));
		assertThat(bake(job(new DirectoryTarget(this.directory)), run(job, 9, null)).published()).isTrue();
		assertThat(published.resolve("pages/products/" + ids.get(7) + ".html")).exists();
		assertThat(published.resolve("pages/products/" + ids.get(8) + ".html")).exists();
		assertThat(this.directory.resolve("current/pages/products/" + ids.get(7) + ".html")).doesNotExist();
	}

	@Test
	void aRunThatFailsInTheExportRemovesItsRelease() throws IOException {
		createMany();
		assertThatExceptionOfType(TargetFailed.class)
			.isThrownBy(() -> bake(job(new FullTarget(this.directory, 20)), run(null)));
		try (Stream<Path> releases = Files.list(this.directory.resolve("releases"))) {
			assertThat(releases).isEmpty();
		}
	}

	private static String fileOf(JsonNode entry) {
		return entry.path("path").asString()
				+ (entry.path("mediaType").asString().startsWith("text/html") ? ".html" : "");
	}

	private List<String> createMany() {
		return IntStream.range(0, 50)
			.mapToObj((number) -> this.built.create("Product " + number, "c" + number % 2))
			.toList();
	}

	private String text(String id) {
		return this.built.text(PagePath.ofProduct(id));
	}

	private static BakeResult bake(BakeJob job, JobRun run) {
		return job.run(run).block();
	}

	private BakeJob job(@Nullable PageTarget target) {
		PageExport export = new PageExport(this.built.pages, this.stylesheet, TestProducts.SETTINGS,
				JsonMapper.shared(), Optional.ofNullable(target));
		return new BakeJob(this.built.products, this.built.productPages, this.built.lists, this.built.sitemap, export);
	}

	/** Returns a run that resumes at a checkpoint, if there is one. */
	private JobRun run(@Nullable BakeCheckpoint checkpoint) {
		return run(this.ids.next(), 1, checkpoint);
	}

	private static JobRun run(String id, long version, @Nullable BakeCheckpoint checkpoint) {
		Instant now = Instant.now();
		Job job = Job.submit(BakeJob.KIND, BakeJob.KIND, "{}", now).next();
		assertThat(job).isNotNull();
		String text = (checkpoint != null) ? JsonMapper.shared().writeValueAsString(checkpoint) : null;
		return new JobRun(new Stored<>(id, version, job.with(new JobReport(JobProgress.NONE, text)), now, now, 0),
				JsonMapper.shared());
	}

	/** A directory whose disk is full after some files. */
	private static final class FullTarget implements PageTarget {

		private final DirectoryTarget directory;

		private final AtomicInteger left;

		FullTarget(Path directory, int files) {
			this.directory = new DirectoryTarget(directory);
			this.left = new AtomicInteger(files);
		}

		@Override
		public Mono<Void> write(String release, PageFile file) {
			return (this.left.getAndDecrement() > 0) ? this.directory.write(release, file)
					: Mono.error(new TargetFailed("the directory", "No space left on device"));
		}

		@Override
		public Mono<Boolean> publish(String release) {
			return this.directory.publish(release);
		}

		@Override
		public Mono<Void> discard(String release) {
			return this.directory.discard(release);
		}

	}

}
