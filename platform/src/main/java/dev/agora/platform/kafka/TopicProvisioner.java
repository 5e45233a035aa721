package dev.agora.platform.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.agora.platform.kafka.deadletter.DeadLetterTopic;
import dev.agora.platform.kafka.topic.TopicCreation;
import dev.agora.platform.kafka.topic.TopicRetention;
import dev.agora.platform.log.LogThrottle;

/**
 * Creates the topics of the service in the background, so that the service starts without
 * brokers. It checks again periodically, since topics may be deleted meanwhile.
 */
final class TopicProvisioner implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(TopicProvisioner.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofMinutes(1));

	private static final Duration RETRY_INTERVAL = Duration.ofSeconds(2);

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final KafkaListenerEndpointRegistry listeners;

	private final KafkaSettings settings;

	private volatile State state = new State(Set.of(), "The topics have not been checked yet.");

	private volatile @Nullable Disposable running;

	TopicProvisioner(KafkaListenerEndpointRegistry listeners, KafkaSettings settings) {
		this.listeners = listeners;
		this.settings = settings;
	}

	@Override
	public void start() {
		this.running = Mono.fromCallable(this::provision)
			.subscribeOn(Schedulers.boundedElastic())
			.onErrorResume((failure) -> Mono.fromSupplier(() -> reportFailure(failure)))
			.flatMap((after) -> Mono.delay(after.isComplete() ? this.settings.topicCheck() : RETRY_INTERVAL))
			.repeat()
			.subscribe();
	}

	/** Returns the result of the last check. */
	State state() {
		return this.state;
	}

	private State provision() throws ExecutionException, InterruptedException {
		Map<String, NewTopic> own = topics()
			.collect(Collectors.toMap(NewTopic::name, Function.identity(), (topic, same) -> topic));
		try (Admin client = this.settings.createAdmin(TIMEOUT)) {
			Set<String> existing = client.listTopics().names().get();
			Map<String, NewTopic> missing = new HashMap<>(own);
			missing.keySet().removeAll(existing);
			String problem = TopicCreation.create(client, missing.values())
				.map((failure) -> String.valueOf(failure.getCause()))
				.orElse("");
			own.keySet().retainAll(existing);
			retainRecords(client, own.keySet());
			return report(missingTopics(client), problem);
		}
	}

	private State report(Set<String> missing, String problem) {
		State before = this.state;
		this.state = new State(missing, problem);
		if (!this.state.isComplete()) {
			// The first report is not logged as a warning, since the service that creates
			// a topic may not have started yet.
			Level level = (before.missing().isEmpty() && problem.isEmpty()) ? Level.INFO : Level.WARN;
			throttle.log("missing",
					(suppressed) -> log.atLevel(level).log("Topics are missing: {}. {}", missing, problem));
		}
		else if (!before.isComplete()) {
			log.info("All topics exist");
		}
		return this.state;
	}

	private State reportFailure(Throwable failure) {
		String problem = "The brokers are unavailable: " + KafkaFailures.cause(failure);
		this.state = new State(this.state.missing(), problem);
		throttle.log("failed", (suppressed) -> log.warn("The topics could not be checked: {}", problem));
		return this.state;
	}

	private Stream<NewTopic> topics() {
		Stream<NewTopic> published = this.settings.topics()
			.stream()
			.map((name) -> topic(name, this.settings.partitions()));
		Stream<NewTopic> deadLetters = this.listeners.getListenerContainers()
			.stream()
			.flatMap(TopicProvisioner::deadLetterTopicsOf)
			.map((name) -> topic(name, 1));
		return Stream.concat(published, deadLetters);
	}

	private NewTopic topic(String name, int partitions) {
		return new NewTopic(name, partitions, this.settings.replication()).configs(TopicRetention.configOf(name));
	}

	/** Returns the missing topics among those of the service and of its listeners. */
	private Set<String> missingTopics(Admin client) throws ExecutionException, InterruptedException {
		Set<String> missing = new TreeSet<>();
		topics().map(NewTopic::name).forEach(missing::add);
		this.listeners.getListenerContainers().stream().flatMap(TopicProvisioner::topicsOf).forEach(missing::add);
		missing.removeAll(client.listTopics().names().get());
		return missing;
	}

	/**
	 * Sets the retention of topics that exist. A broker may have created them on first
	 * use, with its default retention. A value that was set for the topic itself is not
	 * changed, nor is the number of partitions, since more of them would break the order
	 * of keys. If the Kafka user may not alter topics, they stay as they are.
	 */
	private static void retainRecords(Admin client, Set<String> names) throws InterruptedException {
		List<ConfigResource> topics = names.stream()
			.map((name) -> new ConfigResource(ConfigResource.Type.TOPIC, name))
			.toList();
		Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
		try {
			client.describeConfigs(topics)
				.all()
				.get()
				.forEach((topic, config) -> changes.put(topic, TopicRetention.changes(topic.name(), config)));
			changes.values().removeIf(Collection::isEmpty);
			client.incrementalAlterConfigs(changes).all().get();
		}
		catch (ExecutionException ex) {
			throttle.log("retention", (suppressed) -> log.warn("The retention of {} could not be set: {}", names,
					String.valueOf(ex.getCause())));
		}
	}

	private static Stream<String> deadLetterTopicsOf(MessageListenerContainer container) {
		String group = Objects.requireNonNull(container.getGroupId(), "The listener has no group.");
		return topicsOf(container).map((topic) -> new DeadLetterTopic(topic, group).name());
	}

	private static Stream<String> topicsOf(MessageListenerContainer container) {
		return Stream
			.of(Objects.requireNonNull(container.getContainerProperties().getTopics(), "The listener has no topics."));
	}

	@Override
	public void stop() {
		Disposable running = this.running;
		if (running != null) {
			running.dispose();
			this.running = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.running != null;
	}

	/**
	 * The result of a check of the topics.
	 *
	 * @param missing the topics that do not exist
	 * @param problem the reason, or the reason why they could not be checked; empty if
	 * there is none
	 */
	record State(Set<String> missing, String problem) {

		boolean isComplete() {
			return this.missing.isEmpty() && this.problem.isEmpty();
		}

	}

}
