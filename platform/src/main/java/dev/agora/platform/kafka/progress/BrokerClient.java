package dev.agora.platform.kafka.progress;

import java.time.Duration;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import dev.agora.platform.kafka.KafkaSettings;

/**
 * The client with which this process asks the brokers for offsets. It is created at its
 * first use, so that a process starts without brokers.
 */
public final class BrokerClient implements AutoCloseable {

	private static final int TIMEOUT_MS = 5_000;

	private final KafkaSettings settings;

	private volatile @Nullable Admin created;

	public BrokerClient(KafkaSettings settings) {
		this.settings = settings;
	}

	/** Returns the client for requests that do not block. */
	Mono<Admin> get() {
		return Mono.fromCallable(this::create).subscribeOn(Schedulers.boundedElastic());
	}

	/** Returns the client. Its creation may block. */
	synchronized Admin create() {
		Admin admin = this.created;
		if (admin == null) {
			admin = Admin.create(this.settings.clientProperties(Map.of(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
					TIMEOUT_MS, AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS)));
			this.created = admin;
		}
		return admin;
	}

	@Override
	public void close() {
		Admin admin = this.created;
		if (admin != null) {
			admin.close(Duration.ZERO);
		}
	}

}
