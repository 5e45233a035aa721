package dev.agora.launcher.mongo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class DurabilityTests {

	private static final int WRITERS = 8;

	@TempDir
	Path directory;

	private final Queue<String> inserted = new ConcurrentLinkedQueue<>();

	private final Map<String, Integer> counted = new ConcurrentHashMap<>();

	@Test
	void keepsEveryAcknowledgedWriteWhenKilled() throws Exception {
		for (int round = 0; round < 3; round++) {
			writeUntilKilled(round, 1500);
		}
		try (EmbeddedMongo mongo = EmbeddedMongo.start(data(), 0);
				MongoClient client = MongoClients.create(mongo.uri())) {
			MongoCollection<Document> writes = client.getDatabase("test").getCollection("writes");
			Set<String> kept = writes.find().map((write) -> write.getString("_id")).into(new HashSet<>());
			assertThat(kept).containsAll(this.inserted).containsAll(this.counted.keySet());
			this.counted
				.forEach((id, acknowledged) -> assertThat(count(writes, id)).isIn(acknowledged, acknowledged + 1));
			assertThat(writes.countDocuments(Filters.eq("even", true))).isEqualTo(
					writes.find().into(new ArrayList<>()).stream().filter((it) -> it.get("even", false)).count());
		}
	}

	private static int count(MongoCollection<Document> writes, String id) {
		return writes.find(Filters.eq("_id", id)).map((write) -> write.getInteger("count")).first();
	}

	private void writeUntilKilled(int round, int writes) throws Exception {
		Process process = startProcess();
		ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
		try (MongoClient client = MongoClients.create("mongodb://127.0.0.1:" + port(process))) {
			MongoCollection<Document> collection = client.getDatabase("test").getCollection("writes");
			collection.createIndex(Indexes.ascending("even"));
			int before = this.inserted.size();
			List<CompletableFuture<Void>> running = new ArrayList<>();
			for (int writer = 0; writer < WRITERS; writer++) {
				String name = round + "-" + writer + "-";
				running.add(CompletableFuture.runAsync(() -> write(collection, name), writers));
			}
			await().atMost(Duration.ofSeconds(60)).until(() -> this.inserted.size() - before > writes);
			process.destroyForcibly().waitFor();
			running.forEach(CompletableFuture::join);
		}
		finally {
			process.destroyForcibly();
			writers.shutdownNow();
		}
	}

	private void write(MongoCollection<Document> collection, String name) {
		try {
			for (int i = 0;; i++) {
				String id = name + i;
				collection
					.insertOne(new Document("_id", id).append("even", i % 2 == 0).append("text", "x".repeat(200)));
				this.inserted.add(id);
				collection.updateOne(Filters.eq("_id", name), Updates.inc("count", 1),
						new UpdateOptions().upsert(true));
				this.counted.merge(name, 1, Integer::sum);
			}
		}
		catch (MongoException ex) {
			// The server is gone, as planned.
		}
	}

	private Path data() {
		return this.directory.resolve("mongo");
	}

	private Process startProcess() throws IOException {
		String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
		return new ProcessBuilder(java, "-Xmx256m", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"),
				EmbeddedMongo.class.getName(), data().toString(), "0")
			.redirectError(new File("/dev/null"))
			.start();
	}

	private static int port(Process process) throws IOException {
		String line = process.inputReader().readLine();
		return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
	}

}
