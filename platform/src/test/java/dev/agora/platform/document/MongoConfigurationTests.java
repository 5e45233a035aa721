package dev.agora.platform.document;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.DefaultApplicationArguments;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.mongo.ClockCheck;
import dev.agora.platform.mongo.MongoConnections;
import dev.agora.platform.mongo.MongoSettings;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.tracing.Tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class MongoConfigurationTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final Duration BOUND = Duration.ofSeconds(30);

	private final MongoConfiguration configuration = new MongoConfiguration();

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "?readPreference=secondary&maxStalenessSeconds=120", "?readConcernLevel=available",
			"?w=1&journal=false", "?w=0", "?readPreference=nearest&readPreferenceTags=dc:a" })
	void ignoresConcernsInTheConnectionString(String options) {
		MongoSettings settings = settings(options, Duration.ofSeconds(5));
		try (MongoClient client = this.configuration.mongoClient(settings, new MongoConnections(50),
				Tracing.disabled())) {
			MongoDatabase database = this.configuration.mongoDatabase(client, settings);
			assertThat(database.getReadPreference()).isEqualTo(ReadPreference.primary());
			assertThat(database.getReadConcern().getLevel()).isNull();
			WriteConcern writes = database.getWriteConcern();
			assertThat(writes.getWObject()).isEqualTo("majority");
			assertThat(writes.getJournal()).isTrue();
			assertThat(writes.getWTimeout(TimeUnit.SECONDS)).isEqualTo(5);
		}
	}

	@Test
	void measuresTheConnectionsInUse() {
		MongoSettings settings = settings("", Duration.ofSeconds(5));
		MongoConnections connections = new MongoConnections(50);
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		connections.bindTo(meters);
		try (MongoClient client = this.configuration.mongoClient(settings, connections, Tracing.disabled())) {
			MongoDatabase database = this.configuration.mongoDatabase(client, settings);
			mongo.delayNext("find", "slow", Duration.ofSeconds(2));
			Disposable read = Mono.from(database.getCollection("slow").find().first()).subscribe();
			await().atMost(BOUND).until(() -> meters.get("capacity.used").gauge().value() == 1);
			await().atMost(BOUND).until(read::isDisposed);
			await().atMost(BOUND).until(() -> meters.get("capacity.used").gauge().value() == 0);
			assertThat(meters.get("mongodb.operations").functionCounter().count()).isEqualTo(1);
			assertThat(meters.get("capacity.waiting").gauge().value()).isZero();
			assertThat(meters.get("capacity.limit").gauge().value()).isEqualTo(50);
		}
	}

	@Test
	void buildsAnIndexBeyondTheReadTimeout() throws Exception {
		mongo.delayNext("createIndexes", "things", Duration.ofMillis(1500));
		MongoSettings settings = settings("", Duration.ofMillis(500));
		try (MongoClient client = this.configuration.mongoClient(settings, new MongoConnections(50),
				Tracing.disabled())) {
			MongoDatabase database = this.configuration.mongoDatabase(client, settings);
			DocumentStore store = new DocumentStore(database, new JsonMapper(), Clock.systemUTC());
			store.addExpiry(database.getCollection("things"), "expiresAt");
			ClockCheck clocks = new ClockCheck(database, new IdGenerator(Clock.systemUTC()), Clock.systemUTC());
			this.configuration.databaseMigration(store, settings, clocks).run(new DefaultApplicationArguments());
		}
		assertThat(mongo.count("createIndexes", "things")).isOne();
	}

	private static MongoSettings settings(String options, Duration readTimeout) {
		return new MongoSettings(mongo.uri() + options, null, "settings", Duration.ofSeconds(1), readTimeout, 5);
	}

}
