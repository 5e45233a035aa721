package dev.agora.platform.kafka.progress;

import java.time.Duration;

import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import dev.agora.platform.kafka.KafkaSettings;

/**
 * The client with which this process asks the brokers for offsets. It is created at its
 * first use, so that a process starts without brokers.
 */
public final class BrokerClient implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

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
			admin = this.settings.createAdmin(TIMEOUT);
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
