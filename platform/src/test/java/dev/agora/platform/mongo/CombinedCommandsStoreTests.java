package dev.agora.platform.mongo;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

import com.mongodb.client.model.UpdateOneModel;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoCollection;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

class CombinedCommandsStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final int MANY = 300;

	private final MongoCollection<BsonDocument> documents = mongo.database("combined" + System.nanoTime())
		.getCollection("documents", BsonDocument.class);

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void insertsEachIdOnce() {
		CombinedOperations<BsonDocument, Boolean> inserts = CombinedCommands.inserts(this.documents);

		List<Boolean> outcomes = all((number) -> inserts.send(document(number % 100, number)));

		assertThat(outcomes).filteredOn(Boolean::booleanValue).hasSize(100);
		assertThat(Mono.from(this.documents.countDocuments()).block()).isEqualTo(100);
	}

	@Test
	void findsWhatIsThere() {
		CombinedOperations<BsonDocument, Boolean> inserts = CombinedCommands.inserts(this.documents);
		Flux.range(0, 10).concatMap((number) -> inserts.send(document(number, number))).blockLast();
		CombinedOperations<String, Optional<BsonDocument>> finds = CombinedCommands.finds(this.documents);

		List<Optional<BsonDocument>> found = all((number) -> finds.send(String.valueOf(number % 20)));

		assertThat(IntStream.range(0, MANY)).allSatisfy((number) -> assertThat(found.get(number))
			.isEqualTo((number % 20 < 10) ? Optional.of(document(number % 20, number % 20)) : Optional.empty()));
	}

	@Test
	void keepsTheNewestVersionOfConcurrentUpserts() {
		CombinedOperations<UpdateOneModel<BsonDocument>, Boolean> upserts = CombinedCommands.upserts(this.documents);

		List<Boolean> outcomes = all((number) -> upserts.send(upsert(number % 3, number)));

		assertThat(outcomes).contains(true);
		assertThat(Flux.from(this.documents.find())
			.map((found) -> found.getInt64("version").getValue())
			.collectList()
			.block()).containsExactlyInAnyOrder(297L, 298L, 299L);
		assertThat(upserts.send(upsert(0, 5)).block()).isFalse();
	}

	@Test
	void repeatsTheUpsertsWhoseIdWasTaken() {
		List<List<String>> commands = new ArrayList<>();
		Iterator<List<Boolean>> outcomes = List.of(List.of(true, false, true, false), List.of(true, false)).iterator();

		Mono<List<Boolean>> upserts = CombinedCommands.upsert(List.of("a", "lost race", "b", "older"), (updates) -> {
			commands.add(updates);
			return Mono.just(outcomes.next());
		});

		assertThat(upserts.block()).containsExactly(true, true, true, false);
		assertThat(commands).containsExactly(List.of("a", "lost race", "b", "older"), List.of("lost race", "older"));
	}

	@Test
	void storesTheDocumentsBesideOneThatIsTooLarge() {
		CombinedOperations<BsonDocument, Boolean> inserts = CombinedCommands.inserts(this.documents);

		List<Boolean> outcomes = all(
				(number) -> inserts.send((number == 40) ? tooLarge() : document(number, number)).onErrorReturn(false));

		assertThat(outcomes.get(40)).isFalse();
		assertThat(Mono.from(this.documents.countDocuments()).block()).isEqualTo(MANY - 1);
	}

	private static <R> List<R> all(IntFunction<Mono<R>> operation) {
		return Flux.range(0, MANY).flatMapSequential(operation::apply, MANY).collectList().block();
	}

	private static BsonDocument document(int id, long version) {
		return new BsonDocument("_id", new BsonString(String.valueOf(id))).append("version", new BsonInt64(version));
	}

	private static BsonDocument tooLarge() {
		return document(40, 1).append("bytes", new BsonBinary(new byte[17 << 20]));
	}

	private static UpdateOneModel<BsonDocument> upsert(int id, long version) {
		BsonDocument older = new BsonDocument("_id", new BsonString(String.valueOf(id))).append("version",
				new BsonDocument("$lt", new BsonInt64(version)));
		return new UpdateOneModel<>(older, Updates.set("version", version), new UpdateOptions().upsert(true));
	}

}
