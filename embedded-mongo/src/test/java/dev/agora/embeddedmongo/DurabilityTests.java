package dev.agora.embeddedmongo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
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

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class DurabilityTests {

	private static final int WRITERS = 8;

	private static final int ROUNDS = Integer.getInteger("agora.durability.rounds", 4);

	@TempDir
	Path directory;

	private final Set<String> inserted = ConcurrentHashMap.newKeySet();

	private final Map<String, Integer> counted = new ConcurrentHashMap<>();

	@Test
	void keepsEveryAcknowledgedWriteWhenKilled() throws Exception {
		long seed = System.nanoTime();
		Random random = new Random(seed);
		for (int round = 0; round < ROUNDS; round++) {
			try (MongoChild child = MongoChild.start(this.directory.resolve("mongo"))) {
				String context = "seed %d, start %d".formatted(seed, round);
				verify(child.collection(), context);
				writeUntilKilled(child, round, 1 + random.nextInt(1500));
			}
		}
		try (MongoChild child = MongoChild.start(this.directory.resolve("mongo"))) {
			verify(child.collection(), "seed %d, last start".formatted(seed));
		}
	}

	private void verify(MongoCollection<Document> writes, String context) {
		Set<String> kept = writes.find().map((write) -> write.getString("_id")).into(new HashSet<>());
		assertThat(kept).as(context).containsAll(this.inserted).containsAll(this.counted.keySet());
		this.counted.forEach(
				(id, acknowledged) -> assertThat(count(writes, id)).as(context).isIn(acknowledged, acknowledged + 1));
		assertThat(writes.countDocuments(Filters.eq("even", true))).as(context)
			.isEqualTo(kept.stream().filter(DurabilityTests::isEven).count());
	}

	private static boolean isEven(String id) {
		return id.matches(".*-.*-\\d*[02468]");
	}

	private static int count(MongoCollection<Document> writes, String id) {
		return writes.find(Filters.eq("_id", id)).map((write) -> write.getInteger("count")).first();
	}

	private void writeUntilKilled(MongoChild child, int round, int writes) throws Exception {
		MongoCollection<Document> collection = child.collection();
		collection.createIndex(Indexes.ascending("even"));
		int before = this.inserted.size();
		ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
		try {
			List<CompletableFuture<Void>> running = IntStream.range(0, WRITERS)
				.mapToObj((writer) -> CompletableFuture.runAsync(() -> write(collection, round + "-" + writer + "-"),
						writers))
				.toList();
			await().atMost(Duration.ofSeconds(60)).until(() -> this.inserted.size() - before >= writes);
			child.kill();
			running.forEach(CompletableFuture::join);
		}
		finally {
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
			// The test has killed the server.
		}
	}

}
