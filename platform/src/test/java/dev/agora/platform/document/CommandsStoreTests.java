package dev.agora.platform.document;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.DocumentsStoreTests.Counter;
import dev.agora.platform.mongo.Batches;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks the form of the commands sent to the server, since compatible servers accept no
 * other.
 */
class CommandsStoreTests {

	private final Queue<BsonDocument> commands = new ConcurrentLinkedQueue<>();

	private final TestMongoServer mongo = new TestMongoServer();

	private final MongoClient client = MongoClients.create(MongoClientSettings.builder()
		.applyConnectionString(new ConnectionString(this.mongo.uri()))
		.addCommandListener(new CommandListener() {
			@Override
			public void commandStarted(CommandStartedEvent event) {
				// The command is copied, since the driver reuses it after this method
				// returns.
				CommandsStoreTests.this.commands.add(BsonDocument.parse(event.getCommand().toJson()));
			}
		})
		.build());

	private final DocumentStore store = new DocumentStore(this.client.getDatabase("commands"), JsonMapper.shared(),
			Clock.systemUTC());

	@AfterEach
	void close() {
		this.client.close();
		this.mongo.close();
	}

	@Test
	void limitsTheBatchSizeOfEveryQuery() {
		Documents<Counter> counters = this.store.documents("counters", Counter.class, "test.counters.v1");
		Projection<Counter> copies = this.store.projection("copies", Counter.class);
		counters.findAll(List.of("a", "b")).blockLast();
		counters.list(Filters.empty(), Sorts.ascending("_id"), 20).blockLast();
		counters.scan(Filters.empty(), Sorts.ascending("_id")).blockLast();
		copies.list(Filters.empty(), null, 0).blockLast();
		this.store.outboxes().get(0).unsent(Duration.ZERO, 100).blockLast();
		assertThat(commands("find")).hasSizeGreaterThanOrEqualTo(5)
			.allSatisfy((find) -> assertThat(find.getNumber("batchSize", new BsonInt32(101)).longValue())
				.isLessThanOrEqualTo(Batches.SIZE + 1L));
	}

	@Test
	void filtersAnUpsertByIdOutsideOfOperators() {
		this.store.projection("copies", Counter.class).upsert("a", 1, new Counter("a", 1)).block();
		assertThat(commands("update")).singleElement()
			.satisfies((update) -> assertThat(
					update.getArray("updates").get(0).asDocument().getDocument("q").getString("_id").getValue())
				.isEqualTo("a"));
	}

	private List<BsonDocument> commands(String name) {
		return this.commands.stream().filter((command) -> command.getFirstKey().equals(name)).toList();
	}

}
