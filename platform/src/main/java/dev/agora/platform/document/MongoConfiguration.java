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
import dev.agora.platform.mongo.MongoConnections;
import dev.agora.platform.mongo.MongoSettings;
import dev.agora.platform.mongo.tracing.CommandSpans;
import dev.agora.platform.tracing.Tracing;

/** Configures the client of a service's own database. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MongoSettings.class)
public class MongoConfiguration {

	private static final Logger log = LoggerFactory.getLogger(MongoConfiguration.class);

	private static final Duration WRITE_TIMEOUT = Duration.ofSeconds(5);

	/** Zero means no limit for the driver and the server. */
	private static final Duration UNLIMITED = Duration.ZERO;

	@Bean
	MongoConnections mongoConnections(MongoSettings settings) {
		return new MongoConnections(settings.maxConnections());
	}

	@Bean
	MongoClient mongoClient(MongoSettings settings, MongoConnections connections, Tracing tracing) {
		ConnectionString address = new ConnectionString(settings.uri());
		ReadPreference requested = address.getReadPreference();
		if (requested != null && !requested.equals(ReadPreference.primary())) {
			log.warn("agora.mongodb.uri has readPreference={}, which is ignored: this service reads from the primary,"
					+ " since a read must see the writes before it.", requested.getName());
		}
		MongoClientSettings.Builder client = client(settings, address, WRITE_TIMEOUT, settings.readTimeout())
			.applyToConnectionPoolSettings((pool) -> pool.addConnectionPoolListener(connections));
		CommandSpans.addTo(client, tracing);
		return MongoClients.create(client.build());
	}

	/**
	 * Creates the settings of a client. Those after the connection string override it, as
	 * the guarantees of the services depend on them.
	 * @param writeTimeout the maximum time that a write waits for the majority
	 * @param readTimeout the maximum time of one operation
	 */
	private static MongoClientSettings.Builder client(MongoSettings settings, ConnectionString address,
			Duration writeTimeout, Duration readTimeout) {
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
				.readTimeout(readTimeout.toMillis(), TimeUnit.MILLISECONDS));
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
	ClockCheck clockCheck(MongoDatabase database, IdGenerator ids, Clock clock) {
		return new ClockCheck(database, ids, clock);
	}

	/** This indicator is part of readiness. */
	@Bean
	HealthIndicator clockHealthIndicator(IdGenerator ids) {
		return () -> ids.isUsable() ? Health.up().build()
				: Health.outOfService().withDetail("clock", "differs from that of the database").build();
	}

	/**
	 * Migrates the database before the service is ready. Building an index may take long,
	 * so a client without a time-out does it.
	 */
	@Bean
	ApplicationRunner databaseMigration(DocumentStore documents, MongoSettings settings, ClockCheck clocks) {
		return (arguments) -> {
			try (MongoClient client = MongoClients.create(migrationSettings(settings))) {
				Mono<Void> migration = documents.migrate(client.getDatabase(settings.database()));
				clocks.check().then(migration).retryWhen(untilAvailable()).block();
			}
		};
	}

	private static MongoClientSettings migrationSettings(MongoSettings settings) {
		return client(settings, new ConnectionString(settings.uri()), UNLIMITED, UNLIMITED).build();
	}

	private static Retry untilAvailable() {
		return Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
			.maxBackoff(Duration.ofSeconds(5))
			.doBeforeRetry((retry) -> log.warn("The database is not migrated yet: {}", retry.failure().toString()));
	}

}
