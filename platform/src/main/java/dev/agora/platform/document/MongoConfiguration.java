package dev.agora.platform.document;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ReadConcern;
import com.mongodb.ReadPreference;
import com.mongodb.WriteConcern;
import com.mongodb.connection.SslSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.mongo.ClockCheck;
import dev.agora.platform.mongo.MongoSettings;

/** The service's own database. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MongoSettings.class)
public class MongoConfiguration {

	private static final Logger log = LoggerFactory.getLogger(MongoConfiguration.class);

	private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(5);

	/** As driver and server take it. */
	private static final Duration UNLIMITED = Duration.ZERO;

	@Bean
	MongoClient mongoClient(MongoSettings settings) {
		ConnectionString address = new ConnectionString(settings.uri());
		ReadPreference asked = address.getReadPreference();
		if (asked != null && !asked.equals(ReadPreference.primary())) {
			log.warn("The address of MongoDB asks for readPreference={}; it is read from the primary all the same,"
					+ " since a read must see the writes before it.", asked.getName());
		}
		return MongoClients.create(clientSettings(settings, address, WRITE_TIMEOUT, settings.answerTimeout()));
	}

	/**
	 * How long a write waits for the majority, and an operation for its answer. What is
	 * set after the address overrules it: the promises of the services depend on it.
	 */
	private static MongoClientSettings clientSettings(MongoSettings settings, ConnectionString address,
			Duration writeTimeout, Duration answerTimeout) {
		long wait = settings.selectionTimeout().toMillis();
		return MongoClientSettings.builder()
			.applyConnectionString(address)
			.readPreference(ReadPreference.primary())
			.readConcern(ReadConcern.DEFAULT)
			.writeConcern(WriteConcern.MAJORITY.withJournal(true)
				.withWTimeout(writeTimeout.toMillis(), TimeUnit.MILLISECONDS))
			.applyToSslSettings((tls) -> trust(tls, settings.ca()))
			.applyToClusterSettings((cluster) -> cluster.serverSelectionTimeout(wait, TimeUnit.MILLISECONDS))
			.applyToConnectionPoolSettings(
					(pool) -> pool.maxSize(settings.maxConnections()).maxWaitTime(wait, TimeUnit.MILLISECONDS))
			.applyToSocketSettings((socket) -> socket.connectTimeout(wait, TimeUnit.MILLISECONDS)
				.readTimeout(answerTimeout.toMillis(), TimeUnit.MILLISECONDS))
			.build();
	}

	private static void trust(SslSettings.Builder tls, @Nullable Path ca) {
		if (ca != null) {
			PemSslStoreDetails authority = PemSslStoreDetails.forCertificate(ca.toUri().toString());
			tls.context(SslBundle.of(new PemSslStoreBundle(null, authority)).createSslContext());
		}
	}

	@Bean
	MongoDatabase mongoDatabase(MongoClient client, MongoSettings settings) {
		return client.getDatabase(settings.database());
	}

	@Bean
	DocumentStore documentStore(MongoDatabase database, JsonMapper json, Clock clock) {
		return new DocumentStore(database, json, clock);
	}

	@Bean
	ClockCheck clockWatch(MongoDatabase database, IdGenerator ids, Clock clock) {
		return new ClockCheck(database, ids, clock);
	}

	/** Part of readiness. */
	@Bean
	HealthIndicator clockHealthIndicator(IdGenerator ids) {
		return () -> ids.isUsable() ? Health.up().build()
				: Health.outOfService().withDetail("clock", "differs from that of the database").build();
	}

	/**
	 * Readiness waits for this: a service without its indexes is not ready. Building one
	 * may take long, so this is done by a client of its own, which waits.
	 */
	@Bean
	ApplicationRunner indexPreparation(DocumentStore documents, MongoSettings settings, ClockCheck clocks) {
		return (arguments) -> {
			try (MongoClient client = MongoClients.create(patient(settings))) {
				Mono<Void> prepared = documents.prepare(client.getDatabase(settings.database()));
				clocks.check().then(prepared).retryWhen(untilItIsThere()).block();
			}
		};
	}

	private static MongoClientSettings patient(MongoSettings settings) {
		return clientSettings(settings, new ConnectionString(settings.uri()), UNLIMITED, UNLIMITED);
	}

	private static Retry untilItIsThere() {
		return Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
			.maxBackoff(Duration.ofSeconds(5))
			.doBeforeRetry((retry) -> log.warn("The indexes are not made yet: {}", retry.failure().toString()));
	}

}
