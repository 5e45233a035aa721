package dev.agora.embeddedmongo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import com.mongodb.MongoException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.agora.embeddedmongo.storage.DiskSpace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * Fills the disk of the server in two ways: a limit on the size of its files, which also
 * fails in the middle of a write and needs no rights, and a small file system, which
 * needs the right to mount it.
 */
class FullDiskTests {

	private static final int OUT_OF_DISK_SPACE = 14031;

	private static final int WRITERS = 6;

	private static final Duration BOUND = Duration.ofMinutes(2);

	@TempDir
	Path directory;

	private final Set<String> confirmed = ConcurrentHashMap.newKeySet();

	private final Set<String> refused = ConcurrentHashMap.newKeySet();

	private final Map<String, Integer> counted = new ConcurrentHashMap<>();

	@ParameterizedTest
	@ValueSource(ints = { 40_000, 150_000, 700_000 })
	void keepsConfirmedWritesWhenItsFilesMayNotGrow(int limit) throws Exception {
		assumeThat(isAvailable("prlimit", "--version")).isTrue();
		try (MongoChild child = MongoChild.start(this.directory, "prlimit", "--fsize=" + limit + ":unlimited")) {
			child.collection().createIndex(Indexes.ascending("even"));
			writeUntilRefused(child, "a");
			verify(child);
			run("prlimit", "--fsize=unlimited:unlimited", "--pid", String.valueOf(child.pid()));
			awaitWrites(child);
			verify(child);
		}
		verifyAfterRestart();
	}

	@Test
	void keepsConfirmedWritesWhenTheDiskIsFull() throws Exception {
		Path disk = this.directory.resolve("disk");
		Files.createDirectories(disk);
		assumeThat(isAvailable("mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString())).isTrue();
		try {
			writeWhileItFills(disk);
			writeAfterFreeingSpace(disk);
			try (MongoChild child = MongoChild.start(disk)) {
				verify(child);
			}
		}
		finally {
			run("umount", "--lazy", disk.toString());
		}
	}

	private void writeWhileItFills(Path disk) throws IOException {
		try (MongoChild child = MongoChild.start(disk)) {
			child.collection().createIndex(Indexes.ascending("even"));
			CompletableFuture<Void> filling = CompletableFuture.runAsync(() -> fill(disk.resolve("filler")));
			writeUntilRefused(child, "a");
			filling.join();
			verify(child);
			assertThat(DiskSpace.shortage(disk)).isPresent();
		}
	}

	private void writeAfterFreeingSpace(Path disk) throws IOException {
		try (MongoChild child = MongoChild.start(disk)) {
			verify(child);
			assertThatThrownBy(() -> child.collection().insertOne(new Document("_id", "full")))
				.hasMessageContaining("Nothing can be written to " + disk.toRealPath() + ": is the disk full?");
			Files.delete(disk.resolve("filler"));
			assertThat(DiskSpace.shortage(disk)).isEmpty();
			awaitWrites(child);
		}
	}

	private void verifyAfterRestart() throws Exception {
		for (int start = 0; start < 2; start++) {
			try (MongoChild child = MongoChild.start(this.directory)) {
				verify(child);
			}
		}
	}

	private static void fill(Path filler) {
		byte[] bytes = new byte[4096];
		try (OutputStream out = Files.newOutputStream(filler, StandardOpenOption.CREATE)) {
			while (true) {
				out.write(bytes);
			}
		}
		catch (IOException ex) {
			// The disk is full.
		}
	}

	private static boolean isAvailable(String... command) throws InterruptedException {
		try {
			return run(command) == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static int run(String... command) throws IOException, InterruptedException {
		return new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.start()
			.waitFor();
	}

	private void writeUntilRefused(MongoChild child, String name) {
		ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
		try {
			List<CompletableFuture<Void>> running = IntStream.range(0, WRITERS)
				.mapToObj((writer) -> CompletableFuture
					.runAsync(() -> writeUntilRefused(child.collection(), name + writer + "-"), writers))
				.toList();
			running.forEach((run) -> assertThat(run).succeedsWithin(BOUND));
		}
		finally {
			writers.shutdownNow();
		}
	}

	private void writeUntilRefused(MongoCollection<Document> writes, String name) {
		int refusals = 0;
		for (int i = 0; refusals < 5; i++) {
			refusals += insert(writes, name + i, i) ? 0 : 1;
			refusals += count(writes, name) ? 0 : 1;
		}
	}

	private boolean insert(MongoCollection<Document> writes, String id, int number) {
		Document document = new Document("_id", id).append("even", number % 2 == 0).append("text", "x".repeat(900));
		boolean taken = isTaken(() -> writes.insertOne(document));
		(taken ? this.confirmed : this.refused).add(id);
		return taken;
	}

	private boolean count(MongoCollection<Document> writes, String id) {
		boolean taken = isTaken(() -> writes.updateOne(Filters.eq("_id", id), Updates.inc("count", 1),
				new UpdateOptions().upsert(true)));
		this.counted.merge(id, taken ? 1 : 0, Integer::sum);
		return taken;
	}

	private static boolean isTaken(Runnable write) {
		try {
			write.run();
			return true;
		}
		catch (MongoException ex) {
			assertThat(ex.getCode()).as(ex::getMessage).isEqualTo(OUT_OF_DISK_SPACE);
			return false;
		}
	}

	private void awaitWrites(MongoChild child) {
		await().atMost(BOUND).until(() -> insert(child.collection(), "again-" + this.refused.size(), 1));
		for (int i = 0; i < 50; i++) {
			assertThat(insert(child.collection(), "after-" + i, i)).isTrue();
		}
	}

	private void verify(MongoChild child) {
		MongoCollection<Document> writes = child.collection();
		Set<String> kept = writes.find(Filters.exists("text"))
			.map((write) -> write.getString("_id"))
			.into(new HashSet<>());
		assertThat(kept).isEqualTo(this.confirmed).doesNotContainAnyElementsOf(this.refused);
		assertThat(writes.countDocuments(Filters.in("even", true, false))).isEqualTo(this.confirmed.size());
		this.counted.forEach((id, count) -> assertThat(counter(writes, id)).as(id).isEqualTo(count));
	}

	private static int counter(MongoCollection<Document> writes, String id) {
		Document found = writes.find(Filters.eq("_id", id)).first();
		return (found != null) ? found.getInteger("count") : 0;
	}

}
