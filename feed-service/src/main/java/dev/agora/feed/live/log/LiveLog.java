package dev.agora.feed.live.log;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.live.log.KeptVersions.Source;

/**
 * The newest events of each topic, in the order of their arrival. It is used by one
 * thread at a time.
 */
public class LiveLog {

	private final LiveTopics topics;

	private final int capacity;

	private final Clock clock;

	private final Map<String, Deque<Arrival>> events = new HashMap<>();

	private final Map<TopicPartition, Long> next = new HashMap<>();

	/** The offset from which each partition is complete. */
	private final Map<TopicPartition, Long> first = new HashMap<>();

	private final Map<TopicPartition, Arrival> newest = new HashMap<>();

	private final KeptVersions versions = new KeptVersions();

	private long number;

	/**
	 * When the last record of activities arrived. The watermarks of the topic arrive at
	 * least once a minute, unless the brokers are unavailable.
	 */
	private Instant activitiesAt;

	/**
	 * Creates an empty log.
	 * @param capacity the number of events of one topic that are kept
	 */
	public LiveLog(LiveTopics topics, int capacity, Clock clock) {
		this.topics = topics;
		this.capacity = capacity;
		this.clock = clock;
		this.activitiesAt = clock.instant();
	}

	/** Receives the events of a partition from an offset on. */
	public void assign(TopicPartition partition, long offset) {
		noteArrival(partition);
		this.next.put(partition, offset);
		this.first.put(partition, offset);
	}

	private void noteArrival(TopicPartition partition) {
		if (partition.topic().equals(Activities.TOPIC)) {
			this.activitiesAt = this.clock.instant();
		}
	}

	/** Adds a record; empty if live streams do not use it, or have its event already. */
	public Optional<Arrival> add(ConsumerRecord<String, byte[]> record) {
		TopicPartition partition = new TopicPartition(record.topic(), record.partition());
		if (record.offset() < this.next.getOrDefault(partition, 0L)) {
			// The topic was created again.
			eventsOf(record.topic()).removeIf((old) -> old.partition().equals(partition) && forget(old));
			this.newest.remove(partition);
			this.first.put(partition, record.offset());
		}
		noteArrival(partition);
		this.next.put(partition, record.offset() + 1);
		Optional<Arrival> arrived = this.topics.read(record)
			.map((event) -> new Arrival(++this.number, partition, record.offset(), Source.of(record), event))
			.filter((arrival) -> this.versions.add(arrival.source()));
		arrived.ifPresent(this::keep);
		return arrived;
	}

	private boolean forget(Arrival arrival) {
		this.versions.remove(arrival.source());
		return true;
	}

	/**
	 * Returns the position after the last event. Its time is that of the last arrival of
	 * activities: nothing that was published later may have arrived.
	 */
	public Position position() {
		return new Position(this.activitiesAt, this.next);
	}

	/**
	 * Returns the position of a client that has every activity of now, and all else as of
	 * an earlier position.
	 */
	public Position withActivitiesOfNow(Position since) {
		Map<TopicPartition, Long> offsets = new HashMap<>(this.next);
		offsets.replaceAll(
				(partition, offset) -> partition.topic().equals(Activities.TOPIC) ? offset : since.next(partition));
		return new Position(since.at(), offsets);
	}

	/** Whether this log has every activity after a position. */
	public boolean hasActivitiesSince(Position since) {
		return isCompleteSince(since, Set.of(Activities.TOPIC));
	}

	/** Whether this log has everything after a position that is sent to clients. */
	public boolean isCompleteSince(Position since) {
		return isCompleteSince(since, Set.copyOf(LiveTopics.SENT));
	}

	/** A position beyond the log is one of topics that were created again. */
	private boolean isCompleteSince(Position since, Set<String> sent) {
		return this.next.entrySet()
			.stream()
			.filter((each) -> sent.contains(each.getKey().topic()))
			.allMatch((each) -> since.next(each.getKey()) >= this.first.getOrDefault(each.getKey(), 0L)
					&& since.next(each.getKey()) <= each.getValue());
	}

	/**
	 * Lists what a client lacks, in the order of arrival, each with the position that the
	 * client reaches by it.
	 * @param since the position of the client
	 * @param filter selects the events that the client receives
	 */
	public List<Sent> listAfter(Position since, Predicate<LiveEvent> filter) {
		Map<TopicPartition, Long> reached = new HashMap<>(since.offsets());
		List<Sent> sent = new ArrayList<>();
		for (Arrival event : after(since)) {
			reached.put(event.partition(), event.offset() + 1);
			if (filter.test(event.event())) {
				sent.add(new Sent(event.event(), new Position(since.at(), reached)));
			}
		}
		return sent;
	}

	private List<Arrival> after(Position since) {
		List<Arrival> lacking = new ArrayList<>();
		this.events.forEach((topic, kept) -> addAfter(since, partitionsAfter(since, topic), kept, lacking));
		lacking.sort(Comparator.comparingLong(Arrival::number));
		return lacking;
	}

	/** The partitions with events after a position. */
	private Set<TopicPartition> partitionsAfter(Position since, String topic) {
		return this.newest.values()
			.stream()
			.filter((event) -> event.partition().topic().equals(topic) && event.isAfter(since))
			.map(Arrival::partition)
			.collect(Collectors.toCollection(HashSet::new));
	}

	/**
	 * Reads from the newest event back, until each partition has reached the position.
	 */
	private static void addAfter(Position since, Set<TopicPartition> partitions, Deque<Arrival> kept,
			List<Arrival> lacking) {
		Iterator<Arrival> newestFirst = kept.descendingIterator();
		while (!partitions.isEmpty() && newestFirst.hasNext()) {
			Arrival event = newestFirst.next();
			if (event.isAfter(since)) {
				lacking.add(event);
			}
			else {
				partitions.remove(event.partition());
			}
		}
	}

	/** Lists some of the kept events, in the order of their arrival. */
	public List<LiveEvent> list(Predicate<LiveEvent> filter) {
		return all().filter((event) -> filter.test(event.event()))
			.sorted(Comparator.comparingLong(Arrival::number))
			.map(Arrival::event)
			.toList();
	}

	private Stream<Arrival> all() {
		return this.events.values().stream().flatMap(Collection::stream);
	}

	private void keep(Arrival event) {
		Deque<Arrival> kept = eventsOf(event.partition().topic());
		kept.add(event);
		this.newest.put(event.partition(), event);
		if (kept.size() > this.capacity) {
			Arrival oldest = kept.remove();
			forget(oldest);
			this.first.put(oldest.partition(), oldest.offset() + 1);
		}
	}

	private Deque<Arrival> eventsOf(String topic) {
		return this.events.computeIfAbsent(topic, (unknown) -> new ArrayDeque<>());
	}

	/**
	 * An event in the log.
	 *
	 * @param number counts the events of all topics in the order of their arrival
	 * @param partition the partition of its topic
	 * @param offset its offset in the partition
	 * @param source its aggregate and version
	 * @param event the event
	 */
	public record Arrival(long number, TopicPartition partition, long offset, Source source, LiveEvent event) {

		/** Whether a client at a position lacks it. */
		private boolean isAfter(Position position) {
			return this.offset >= position.next(this.partition);
		}

	}

	/**
	 * An event for a client.
	 *
	 * @param event the event
	 * @param position the position that the client reaches by it
	 */
	public record Sent(LiveEvent event, Position position) {
	}

}
