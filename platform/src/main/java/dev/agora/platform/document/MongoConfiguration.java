package dev.agora.platform.document;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.WriteConcern;
import com.mongodb.connection.SslSettings;
import com.mongodb.reactivestreams.client.MongoClient;
import com.mongodb.reactivestreams.client.MongoClients;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.util.retry.Retry;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The service's own database. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MongoSettings.class)
public class MongoConfiguration {

	private static final Logger log = LoggerFactory.getLogger(MongoConfiguration.class);

	@Bean
	MongoClient mongoClient(MongoSettings settings) {
		long wait = settings.selectionTimeout().toMillis();
		return MongoClients.create(MongoClientSettings.builder()
			.applyConnectionString(new ConnectionString(settings.uri()))
			.writeConcern(WriteConcern.MAJORITY.withWTimeout(5, TimeUnit.SECONDS))
			.applyToSslSettings((tls) -> trust(tls, settings.ca()))
			.applyToClusterSettings((cluster) -> cluster.serverSelectionTimeout(wait, TimeUnit.MILLISECONDS))
			.applyToConnectionPoolSettings(
					(pool) -> pool.maxSize(settings.maxConnections()).maxWaitTime(wait, TimeUnit.MILLISECONDS))
			.applyToSocketSettings((socket) -> socket.connectTimeout(wait, TimeUnit.MILLISECONDS)
				.readTimeout(settings.answerTimeout().toMillis(), TimeUnit.MILLISECONDS))
			.build());
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

	/** Readiness waits for this: a service without its indexes is not ready. */
	@Bean
	ApplicationRunner indexPreparation(DocumentStore documents) {
		Retry untilItIsThere = Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
			.maxBackoff(Duration.ofSeconds(5))
			.doBeforeRetry((retry) -> log.warn("The indexes are not made yet: {}", retry.failure().toString()));
		return (arguments) -> documents.prepare().retryWhen(untilItIsThere).block();
	}

}
