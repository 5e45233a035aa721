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
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
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

import dev.agora.platform.log.LogThrottle;

/**
 * Creates the service's topics in the background: a service starts and works without a
 * broker. Looks again from time to time, since topics may be deleted while it runs.
 */
final class TopicProvisioner implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(TopicProvisioner.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofMinutes(1));

	/**
	 * A projection can be built again from the first event, and a dead letter waits for
	 * its operator: whatever the brokers do with other topics, here nothing is deleted
	 * for its age or for room, nor for a later event of the same key.
	 */
	private static final Map<String, String> KEPT = Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1",
			TopicConfig.RETENTION_BYTES_CONFIG, "-1", TopicConfig.CLEANUP_POLICY_CONFIG,
			TopicConfig.CLEANUP_POLICY_DELETE);

	private static final Duration NEXT_ATTEMPT = Duration.ofSeconds(2);

	private static final int TIMEOUT = 5_000;

	private final KafkaListenerEndpointRegistry listeners;

	private final KafkaSettings settings;

	private volatile State state = new State(Set.of(), "The brokers have not been asked yet.");

	private volatile @Nullable Disposable running;

	TopicProvisioner(KafkaListenerEndpointRegistry listeners, KafkaSettings settings) {
		this.listeners = listeners;
		this.settings = settings;
	}

	@Override
	public void start() {
		this.running = Mono.fromCallable(this::prepare)
			.subscribeOn(Schedulers.boundedElastic())
			.onErrorResume((failure) -> Mono.fromSupplier(() -> failed(failure)))
			.flatMap((after) -> Mono.delay(after.isComplete() ? this.settings.topicCheck() : NEXT_ATTEMPT))
			.repeat()
			.subscribe();
	}

	/** What is known of the topics. */
	State state() {
		return this.state;
	}

	private State prepare() throws ExecutionException, InterruptedException {
		Map<String, NewTopic> own = topics()
			.collect(Collectors.toMap(NewTopic::name, Function.identity(), (topic, same) -> topic));
		try (Admin client = Admin
			.create(this.settings.clientProperties(Map.of(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT,
					AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT)))) {
			Set<String> there = client.listTopics().names().get();
			Map<String, NewTopic> missing = new HashMap<>(own);
			missing.keySet().removeAll(there);
			String problem = create(client, missing);
			own.keySet().retainAll(there);
			keepEvents(client, own.keySet());
			return done(missingOf(client), problem);
		}
	}

	private State done(Set<String> missing, String problem) {
		State before = this.state;
		this.state = new State(missing, problem);
		if (!this.state.isComplete()) {
			// At first they may only wait for the start of the service that creates them.
			Level level = (before.missing().isEmpty() && problem.isEmpty()) ? Level.INFO : Level.WARN;
			throttle.log("missing", (more) -> log.atLevel(level).log("Topics are missing: {}. {}", missing, problem));
		}
		else if (!before.isComplete()) {
			log.info("The topics are there");
		}
		return this.state;
	}

	private State failed(Throwable failure) {
		String problem = "The brokers cannot be asked: " + KafkaFailures.cause(failure);
		this.state = new State(this.state.missing(), problem);
		throttle.log("failed", (more) -> log.warn("The topics are not prepared yet: {}", problem));
		return this.state;
	}

	private Stream<NewTopic> topics() {
		Stream<NewTopic> published = this.settings.topics()
			.stream()
			.map((topic) -> kept(topic, this.settings.partitions()));
		Stream<NewTopic> deadLetters = this.listeners.getListenerContainers()
			.stream()
			.flatMap((container) -> listened(container).map((topic) -> topic + "." + container.getGroupId() + ".dlt"))
			.map((topic) -> kept(topic, 1));
		return Stream.concat(published, deadLetters);
	}

	private NewTopic kept(String name, int partitions) {
		return new NewTopic(name, partitions, this.settings.replication()).configs(KEPT);
	}

	/**
	 * Creates each for itself: one that cannot be keeps none of the others.
	 * @return why some could not be created, or an empty text
	 */
	private static String create(Admin client, Map<String, NewTopic> missing) throws InterruptedException {
		String problem = "";
		for (KafkaFuture<Void> created : client.createTopics(missing.values()).values().values()) {
			try {
				created.get();
			}
			catch (ExecutionException ex) {
				// Another instance may have been first.
				problem = (ex.getCause() instanceof TopicExistsException) ? problem : String.valueOf(ex.getCause());
			}
		}
		return problem;
	}

	/** Those of the own topics and of those listened to that do not exist. */
	private Set<String> missingOf(Admin client) throws ExecutionException, InterruptedException {
		Set<String> missing = new TreeSet<>();
		topics().map(NewTopic::name).forEach(missing::add);
		this.listeners.getListenerContainers().stream().flatMap(TopicProvisioner::listened).forEach(missing::add);
		missing.removeAll(client.listTopics().names().get());
		return missing;
	}

	/**
	 * A topic that exists may have been created by a broker, when it was first asked for,
	 * to keep events for the brokers' usual time. Nothing that was set for the topic
	 * itself is changed, nor are its partitions: more would break the order of keys. A
	 * user who may not change it leaves it as it is.
	 */
	private static void keepEvents(Admin client, Set<String> names) throws InterruptedException {
		List<ConfigResource> topics = names.stream()
			.map((name) -> new ConfigResource(ConfigResource.Type.TOPIC, name))
			.toList();
		Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
		try {
			client.describeConfigs(topics).all().get().forEach((topic, config) -> changes.put(topic, changes(config)));
			changes.values().removeIf(Collection::isEmpty);
			client.incrementalAlterConfigs(changes).all().get();
		}
		catch (ExecutionException ex) {
			throttle.log("retention", (more) -> log.warn("How long {} keep events cannot be set: {}", names,
					String.valueOf(ex.getCause())));
		}
	}

	/** What was never set for a topic, of the settings that its broker knows. */
	static List<AlterConfigOp> changes(Config config) {
		return KEPT.entrySet()
			.stream()
			.filter((kept) -> isUnset(config.get(kept.getKey())))
			.map((kept) -> new AlterConfigOp(new ConfigEntry(kept.getKey(), kept.getValue()), AlterConfigOp.OpType.SET))
			.toList();
	}

	private static boolean isUnset(@Nullable ConfigEntry entry) {
		return entry != null && entry.source() != ConfigSource.DYNAMIC_TOPIC_CONFIG;
	}

	private static Stream<String> listened(MessageListenerContainer container) {
		return Stream.of(Objects.requireNonNull(container.getContainerProperties().getTopics(), "no topics"));
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
	 * What is known of the topics.
	 *
	 * @param missing those that were missing when the brokers were last asked
	 * @param problem why, or why nothing is known; empty if all is well
	 */
	record State(Set<String> missing, String problem) {

		boolean isComplete() {
			return this.missing.isEmpty() && this.problem.isEmpty();
		}

	}

}
