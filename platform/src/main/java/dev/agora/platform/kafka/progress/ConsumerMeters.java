package dev.agora.platform.kafka.progress;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.agora.platform.kafka.deadletter.DeadLetterTopic;
import dev.agora.platform.kafka.deadletter.ReplayProgress;

/**
 * Measures how far the consumer groups of this service are behind, whether or not this
 * instance consumes events: the brokers know the offsets. So the metrics of a partition
 * do not disappear with the instance that consumed it, and a group that is stuck or has
 * no members is seen.
 */
public final class ConsumerMeters implements SmartLifecycle {

	private static final Duration INTERVAL = Duration.ofSeconds(5);

	private final Supplier<Set<Subscription>> subscriptions;

	private final OffsetReader offsets;

	private final MeterRegistry meters;

	private final Clock clock;

	private final Duration interval;

	private final Map<Subscription, SubscriptionProgress> progress = new ConcurrentHashMap<>();

	private final Map<String, AtomicLong> members = new ConcurrentHashMap<>();

	private final Map<Subscription, AtomicLong> pendingLetters = new ConcurrentHashMap<>();

	private volatile @Nullable Disposable running;

	public ConsumerMeters(KafkaListenerEndpointRegistry listeners, BrokerClient brokers, MeterRegistry meters,
			Clock clock) {
		this(() -> subscriptions(listeners), brokers, meters, clock, INTERVAL);
	}

	ConsumerMeters(Supplier<Set<Subscription>> subscriptions, BrokerClient brokers, MeterRegistry meters, Clock clock,
			Duration interval) {
		this.subscriptions = subscriptions;
		this.offsets = new OffsetReader(brokers);
		this.meters = meters;
		this.clock = clock;
		this.interval = interval;
	}

	@Override
	public void start() {
		Set<Subscription> subscriptions = this.subscriptions.get();
		// A counter that first appears with its first count would hide that count.
		groups(subscriptions).forEach((group) -> {
			this.meters.counter("events.dead", "group", group);
			this.meters.counter("events.passed.over", "group", group);
		});
		this.running = Mono.fromCallable(() -> read(subscriptions))
			.subscribeOn(Schedulers.boundedElastic())
			// The gauges keep their values while the brokers are unavailable, except for
			// the delays, which grow.
			.onErrorComplete()
			.then(Mono.delay(this.interval))
			.repeat()
			.subscribe();
	}

	private static Set<Subscription> subscriptions(KafkaListenerEndpointRegistry listeners) {
		return listeners.getListenerContainers()
			.stream()
			.flatMap(ConsumerMeters::subscriptions)
			.collect(Collectors.toSet());
	}

	private static Stream<Subscription> subscriptions(MessageListenerContainer container) {
		String group = Objects.requireNonNull(container.getGroupId(), "The listener has no group.");
		return Stream
			.of(Objects.requireNonNull(container.getContainerProperties().getTopics(), "The listener has no topics."))
			.map((topic) -> new Subscription(group, topic));
	}

	private static Set<String> groups(Collection<Subscription> subscriptions) {
		return subscriptions.stream().map(Subscription::group).collect(Collectors.toSet());
	}

	/** Reads all offsets and returns whether there were any. */
	private boolean read(Set<Subscription> subscriptions) throws InterruptedException {
		Set<String> groups = groups(subscriptions);
		Set<String> topics = subscriptions.stream().map(Subscription::topic).collect(Collectors.toSet());
		Set<String> letters = subscriptions.stream().map(ConsumerMeters::letters).collect(Collectors.toSet());
		Map<String, Set<TopicPartition>> partitions = this.offsets.partitions(union(topics, letters));
		Instant now = this.clock.instant();
		OffsetReading reading = this.offsets.read(
				partitions.values().stream().flatMap(Set::stream).collect(Collectors.toSet()), union(groups, letters),
				groups);
		subscriptions.forEach((each) -> {
			measureProgress(each, partitions.getOrDefault(each.topic(), Set.of()), now, reading);
			measureLetters(each, partitions.getOrDefault(letters(each), Set.of()), reading);
		});
		reading.members().forEach((group, count) -> this.members.computeIfAbsent(group, this::addMembers).set(count));
		return !partitions.isEmpty();
	}

	private static String letters(Subscription subscription) {
		return new DeadLetterTopic(subscription.topic(), subscription.group()).name();
	}

	private static Set<String> union(Set<String> first, Set<String> second) {
		Set<String> union = new HashSet<>(first);
		union.addAll(second);
		return union;
	}

	private void measureProgress(Subscription subscription, Set<TopicPartition> partitions, Instant now,
			OffsetReading reading) {
		if (reading.covers(subscription.group(), partitions)) {
			this.progress.computeIfAbsent(subscription, (added) -> addProgress(added, now))
				.add(now, reading.ends(partitions), reading.positions(subscription.group(), partitions));
		}
	}

	/** A consumer group with the name of the letters' topic stores what was replayed. */
	private void measureLetters(Subscription subscription, Set<TopicPartition> partitions, OffsetReading reading) {
		String name = letters(subscription);
		if (reading.covers(name, partitions)) {
			long pending = partitions.stream()
				.mapToLong((partition) -> ReplayProgress
					.of(reading.committed().getOrDefault(name, Map.of()).get(partition))
					.countPending(reading.starts().getOrDefault(partition, 0L),
							reading.ends().getOrDefault(partition, 0L)))
				.sum();
			this.pendingLetters.computeIfAbsent(subscription, this::addLetters).set(pending);
		}
	}

	private SubscriptionProgress addProgress(Subscription subscription, Instant since) {
		SubscriptionProgress progress = new SubscriptionProgress(since, this.clock);
		Gauge.builder("consumer.lag", progress::lag)
			.description("Events that a consumer group has not applied")
			.baseUnit("records")
			.tags("group", subscription.group(), "topic", subscription.topic())
			.register(this.meters);
		Gauge.builder("consumer.delay", progress::delaySeconds)
			.description("The age of the oldest event that a consumer group may not have applied")
			.baseUnit("seconds")
			.tags("group", subscription.group(), "topic", subscription.topic())
			.register(this.meters);
		return progress;
	}

	private AtomicLong addMembers(String group) {
		AtomicLong members = new AtomicLong();
		Gauge.builder("consumer.members", members::get)
			.description("The members of a consumer group")
			.tag("group", group)
			.register(this.meters);
		return members;
	}

	private AtomicLong addLetters(Subscription subscription) {
		AtomicLong pending = new AtomicLong();
		Gauge.builder("dead.letters.pending", pending::get)
			.description("Dead letters that were not replayed")
			.tags("group", subscription.group(), "topic", subscription.topic())
			.register(this.meters);
		return pending;
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

}
