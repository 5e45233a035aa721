package dev.agora.platform.mongo.tracing;

import java.util.List;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoCollection;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.mongo.CombinedCommands;
import dev.agora.platform.mongo.CombinedOperations;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestTracing;
import dev.agora.platform.tracing.Tracing;

import static org.assertj.core.api.Assertions.assertThat;

class CommandSpansStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private final TestTracing spans = new TestTracing();

	private final MongoClient client = MongoClients.create(settings());

	private final MongoCollection<BsonDocument> things = this.client.getDatabase("spans")
		.getCollection("things", BsonDocument.class);

	private MongoClientSettings settings() {
		MongoClientSettings.Builder builder = MongoClientSettings.builder()
			.applyConnectionString(new ConnectionString(mongo.uri()));
		CommandSpans.addTo(builder, this.spans.tracing());
		return builder.build();
	}

	@AfterEach
	void close() {
		this.client.close();
	}

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@Test
	void recordsEachCommandWithoutItsContent() {
		within(Mono.from(this.things.insertOne(new BsonDocument("text", new BsonString("secret"))))
			.thenMany(Flux.from(this.things.find(new BsonDocument("text", new BsonString("secret"))).batchSize(1)))
			.then());
		List<SpanData> all = this.spans.end();
		assertThat(all).extracting(SpanData::getName).contains("insert things", "find things");
		SpanData request = all.stream().filter((span) -> span.getName().equals("request")).findFirst().orElseThrow();
		assertThat(all).filteredOn((span) -> span != request).allSatisfy((span) -> {
			assertThat(span.getParentSpanId()).isEqualTo(request.getSpanId());
			assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
			assertThat(span.getAttributes().get(AttributeKey.stringKey("db.system.name"))).isEqualTo("mongodb");
			assertThat(span.getAttributes().get(AttributeKey.stringKey("db.collection.name"))).isEqualTo("things");
			assertThat(span.toString()).doesNotContain("secret");
		});
	}

	@Test
	void recordsAFailedCommand() {
		within(Mono.from(this.client.getDatabase("spans").runCommand(new BsonDocument("nonsense", new BsonInt32(1))))
			.onErrorComplete());
		assertThat(this.spans.end()).filteredOn((span) -> span.getName().equals("nonsense"))
			.singleElement()
			.satisfies((span) -> assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR));
	}

	@Test
	void recordsACombinedCommandInTheTraceOfEachRequest() {
		CombinedOperations<BsonDocument, Boolean> inserts = CombinedCommands.inserts(this.things);
		within(Flux.range(0, 20)
			.flatMap((i) -> inserts.send(new BsonDocument("_id", new BsonString("combined" + i))))
			.then());
		assertThat(this.spans.end()).filteredOn((span) -> span.getName().equals("insert things")).hasSize(20);
	}

	@Test
	void recordsNothingOutsideASampledTrace() {
		Mono.from(this.things.insertOne(new BsonDocument())).block();
		assertThat(this.spans.end()).isEmpty();
	}

	private void within(Mono<?> operation) {
		Tracing tracing = this.spans.tracing();
		tracing.start(tracing.prepare(TestTracing.SAMPLED, "request", SpanKind.SERVER)).during(operation).block();
	}

}
