package dev.agora.platform.stream;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Makes the service's topics behind its start: a service starts and works without a
 * broker.
 */
final class TopicPreparation implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(TopicPreparation.class);

	/**
	 * A projection can be built anew from the first event, and a dead letter waits for
	 * its operator.
	 */
	private static final Map<String, String> FOR_EVER = Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1");

	private final KafkaAdmin admin;

	private final KafkaListenerEndpointRegistry listeners;

	private final KafkaSettings settings;

	private volatile Disposable running = Mono.never().subscribe();

	TopicPreparation(KafkaAdmin admin, KafkaListenerEndpointRegistry listeners, KafkaSettings settings) {
		this.admin = admin;
		this.listeners = listeners;
		this.settings = settings;
	}

	/** A topic whose events are never deleted. */
	static NewTopic kept(String name, int partitions, short replication) {
		return new NewTopic(name, partitions, replication).configs(FOR_EVER);
	}

	@Override
	public void start() {
		Retry untilThere = Retry.fixedDelay(Long.MAX_VALUE, Duration.ofSeconds(2))
			.doBeforeRetry((retry) -> log.warn("The topics are not made yet: {}", retry.failure().toString()));
		this.running = Mono.fromCallable(this.admin::initialize)
			.filter(Boolean::booleanValue)
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("the broker is not reached")))
			.doOnNext((made) -> this.admin.createOrModifyTopics(deadLetterTopics()))
			.retryWhen(untilThere)
			.subscribeOn(Schedulers.boundedElastic())
			.subscribe();
	}

	private NewTopic[] deadLetterTopics() {
		return this.listeners.getListenerContainers()
			.stream()
			.flatMap(TopicPreparation::deadLetterNames)
			.map((name) -> kept(name, 1, this.settings.replication()))
			.toArray(NewTopic[]::new);
	}

	private static Stream<String> deadLetterNames(MessageListenerContainer container) {
		String[] topics = Objects.requireNonNull(container.getContainerProperties().getTopics(), "no topics");
		return Stream.of(topics).map((topic) -> topic + "." + container.getGroupId() + ".dlt");
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
