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
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.testing.MongoServerForTests;

import static org.assertj.core.api.Assertions.assertThat;

class BatchesStoreTests {

	@Test
	void boundsTheBatchOfEveryQuery() {
		Finds finds = new Finds();
		try (MongoServerForTests mongo = new MongoServerForTests();
				MongoClient client = MongoClients.create(MongoClientSettings.builder()
					.applyConnectionString(new ConnectionString(mongo.uri()))
					.addCommandListener(finds)
					.build())) {
			DocumentStore store = new DocumentStore(client.getDatabase("batches"), JsonMapper.shared(),
					Clock.systemUTC());
			query(store);
			assertThat(finds.commands).hasSize(5)
				.allSatisfy((find) -> assertThat(find.getNumber("batchSize", new BsonInt32(101)).longValue())
					.isLessThanOrEqualTo(Batches.SIZE + 1L));
		}
	}

	private static void query(DocumentStore store) {
		Documents<DocumentsStoreTests.Counter> counters = store.documents("counters", DocumentsStoreTests.Counter.class,
				"test.counters.v1");
		Copies<DocumentsStoreTests.Counter> copies = store.copies("copies", DocumentsStoreTests.Counter.class);
		counters.findAll(List.of("a", "b")).blockLast();
		counters.list(Filters.empty(), Sorts.ascending("_id"), 20).blockLast();
		counters.scan(Filters.empty(), Sorts.ascending("_id")).blockLast();
		copies.list(Filters.empty(), null, 0).blockLast();
		store.outboxes().get(0).unsent(Duration.ZERO, 100).blockLast();
	}

	private static final class Finds implements CommandListener {

		private final Queue<BsonDocument> commands = new ConcurrentLinkedQueue<>();

		@Override
		public void commandStarted(CommandStartedEvent event) {
			if (event.getCommandName().equals("find")) {
				this.commands.add(event.getCommand().clone());
			}
		}

	}

}
