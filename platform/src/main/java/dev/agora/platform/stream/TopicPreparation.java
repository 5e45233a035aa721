package dev.agora.platform.stream;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Makes the service's topics behind its start: a service starts and works without a
 * broker.
 */
final class TopicPreparation implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(TopicPreparation.class);

	private final KafkaAdmin admin;

	private volatile Disposable running = Mono.never().subscribe();

	TopicPreparation(KafkaAdmin admin) {
		this.admin = admin;
	}

	@Override
	public void start() {
		Retry untilThere = Retry.fixedDelay(Long.MAX_VALUE, Duration.ofSeconds(2))
			.doBeforeRetry((retry) -> log.warn("The topics are not made yet: {}", retry.failure().toString()));
		this.running = Mono.fromCallable(this.admin::initialize)
			.filter(Boolean::booleanValue)
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("the broker is not reached")))
			.retryWhen(untilThere)
			.subscribeOn(Schedulers.boundedElastic())
			.subscribe();
	}

	@Override
	public void stop() {
		this.running.dispose();
	}

	@Override
	public boolean isRunning() {
		return !this.running.isDisposed();
	}

}
