package dev.agora.platform.mongo;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;

import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.reactivestreams.client.MongoCollection;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.Document;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.DocumentsStoreTests;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

class IndexBuildStoreTests {

	private static final int INDEX_OPTIONS_CONFLICT = 85;

	private final TestMongoServer mongo = new TestMongoServer();

	private final MongoDatabase database = this.mongo.database("indexes");

	private final MongoCollection<Document> things = this.database.getCollection("things");

	@AfterEach
	void stopMongo() {
		this.mongo.close();
	}

	@Test
	void buildsAPlainIndexWhenTheServerSupportsNoExpiry() {
		this.mongo.refuseExpiry();
		DocumentStore store = at(Instant.now());
		store.addExpiry(this.things, "expiresAt");
		store.migrate().block();
		store.migrate().block();
		assertThat(indexes()).contains("expiresAt_1");
	}

	@Test
	void purgesExpiredDocuments() {
		Instant now = Instant.now();
		Mono.from(this.things.insertMany(List.of(new Document("_id", "old").append("expiresAt", now.minusSeconds(120)),
				new Document("_id", "new").append("expiresAt", now.plusSeconds(120)))))
			.block();
		DocumentStore store = at(now);
		store.addExpiry(this.things, "expiresAt");
		store.purgeExpired().block();
		assertThat(Flux.from(this.things.find()).map((thing) -> thing.getString("_id")).collectList().block())
			.containsExactly("new");
	}

	@Test
	void buildsNoUniqueIndex() {
		DocumentStore store = at(Instant.now());
		store.documents("counters", DocumentsStoreTests.Counter.class, "test.counters.v1");
		store.migrate().block();
		assertThat(Flux.from(this.database.getCollection("counters").listIndexes())
			.filter((index) -> !index.getString("name").equals("_id_"))
			.collectList()
			.block()).isNotEmpty().noneMatch((index) -> Boolean.TRUE.equals(index.getBoolean("unique")));
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void keepsAnIndexWithOtherOptions(CapturedOutput output) {
		DocumentStore store = at(Instant.now());
		store.addExpiry(this.things, "expiresAt");
		store.addIndex(this.things, Indexes.ascending("name"), new IndexOptions());
		this.mongo.refuse("createIndexes", "things", INDEX_OPTIONS_CONFLICT);
		store.migrate().block();
		assertThat(output).contains("is kept as it is").doesNotContain("The database cannot expire");
	}

	@Test
	void failsWhenTheServerIsUnavailable() {
		IndexOptions options = new IndexOptions().expireAfter(0L, TimeUnit.SECONDS);
		this.mongo.stepDownAt("createIndexes", "things", false);
		assertThat(new IndexBuild("things", Indexes.ascending("expiresAt"), options).run(this.database)
			.materialize()
			.block()
			.getThrowable()).satisfies((failure) -> assertThat(MongoFailures.isUnavailable(failure)).isTrue());
	}

	private DocumentStore at(Instant moment) {
		return new DocumentStore(this.database, new JsonMapper(), Clock.fixed(moment, ZoneOffset.UTC));
	}

	private List<String> indexes() {
		return Flux.from(this.things.listIndexes()).map((index) -> index.getString("name")).collectList().block();
	}

}
