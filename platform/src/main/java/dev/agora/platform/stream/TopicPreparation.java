package dev.agora.platform.stream;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
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

	private static final int PATIENCE = 5_000;

	private final KafkaListenerEndpointRegistry listeners;

	private final KafkaSettings settings;

	private volatile Disposable running = Mono.never().subscribe();

	TopicPreparation(KafkaListenerEndpointRegistry listeners, KafkaSettings settings) {
		this.listeners = listeners;
		this.settings = settings;
	}

	@Override
	public void start() {
		Retry untilThere = Retry.fixedDelay(Long.MAX_VALUE, Duration.ofSeconds(2))
			.doBeforeRetry((retry) -> log.warn("The topics are not made yet: {}", retry.failure().toString()));
		this.running = Mono.<Void>fromCallable(this::prepare)
			.retryWhen(untilThere)
			.subscribeOn(Schedulers.boundedElastic())
			.subscribe();
	}

	private @Nullable Void prepare() throws ExecutionException, InterruptedException {
		Map<String, NewTopic> wanted = topics()
			.collect(Collectors.toMap(NewTopic::name, Function.identity(), (topic, same) -> topic));
		try (Admin client = Admin
			.create(this.settings.clientProperties(Map.of(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE,
					AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE)))) {
			Set<String> there = new HashSet<>(client.listTopics().names().get());
			there.retainAll(wanted.keySet());
			keepEvents(client, there);
			wanted.keySet().removeAll(there);
			// Who comes second when another clone makes them looks again.
			client.createTopics(wanted.values()).all().get();
		}
		return null;
	}

	private Stream<NewTopic> topics() {
		Stream<NewTopic> published = this.settings.topics()
			.stream()
			.map((topic) -> kept(topic, this.settings.partitions()));
		Stream<NewTopic> deadLetters = this.listeners.getListenerContainers()
			.stream()
			.flatMap(TopicPreparation::deadLetterNames)
			.map((topic) -> kept(topic, 1));
		return Stream.concat(published, deadLetters);
	}

	private NewTopic kept(String name, int partitions) {
		return new NewTopic(name, partitions, this.settings.replication()).configs(FOR_EVER);
	}

	/**
	 * A broker may have made a topic itself, when it was first asked for, to keep events
	 * for its usual time. Nothing else of what exists is changed: more partitions would
	 * break the order of keys.
	 */
	private static void keepEvents(Admin client, Set<String> names) throws ExecutionException, InterruptedException {
		List<ConfigResource> topics = names.stream()
			.map((name) -> new ConfigResource(ConfigResource.Type.TOPIC, name))
			.toList();
		AlterConfigOp forEver = new AlterConfigOp(new ConfigEntry(TopicConfig.RETENTION_MS_CONFIG, "-1"),
				AlterConfigOp.OpType.SET);
		Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
		client.describeConfigs(topics).all().get().forEach((topic, config) -> {
			if (config.get(TopicConfig.RETENTION_MS_CONFIG).source() != ConfigSource.DYNAMIC_TOPIC_CONFIG) {
				changes.put(topic, List.of(forEver));
			}
		});
		client.incrementalAlterConfigs(changes).all().get();
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
