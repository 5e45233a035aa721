package dev.agora.platform.kafka.tail;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.ConsumerFactory;

import dev.agora.platform.lifecycle.BackgroundStop;
import dev.agora.platform.log.LogThrottle;

/**
 * Reads all records of some topics as they arrive, from some records before their end.
 * Every instance reads all of them, since a tail has no consumer group. While the brokers
 * are unavailable it waits; then it continues where it was.
 */
public final class TopicTail implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(TopicTail.class);

	private static final LogThrottle throttle = new LogThrottle(Duration.ofSeconds(30));

	private static final Duration POLL_TIMEOUT = Duration.ofMillis(500);

	/** Also the interval at which a missing topic is looked for. */
	private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

	private final ConsumerFactory<String, byte[]> consumers;

	private final Settings settings;

	private final TailListener listener;

	/** The next offset of each partition. Only the thread of the tail uses it. */
	private final Map<TopicPartition, Long> next = new HashMap<>();

	/** The offsets that end the records from before the start. */
	private final Map<TopicPartition, Long> ends = new HashMap<>();

	/** Has a permit once the tail ends. */
	private final Semaphore ended = new Semaphore(0);

	private boolean caughtUp;

	private volatile @Nullable Thread thread;

	private volatile @Nullable Consumer<String, byte[]> consumer;

	public TopicTail(ConsumerFactory<String, byte[]> consumers, Settings settings, TailListener listener) {
		this.consumers = consumers;
		this.settings = settings;
		this.listener = listener;
	}

	@Override
	public void start() {
		Thread reader = new Thread(this::run, "topic-tail");
		reader.setDaemon(true);
		this.thread = reader;
		this.ended.drainPermits();
		reader.start();
	}

	@Override
	public void stop() {
		Thread reader = this.thread;
		this.thread = null;
		this.ended.release();
		Consumer<String, byte[]> current = this.consumer;
		if (current != null) {
			current.wakeup();
		}
		if (reader != null) {
			join(reader);
		}
	}

	/** Delays no other part of the same phase. */
	@Override
	public void stop(Runnable stopped) {
		BackgroundStop.start("topic-tail-stop", this::stop, stopped);
	}

	@Override
	public boolean isRunning() {
		return this.thread != null;
	}

	/** Stops while the web server finishes its requests, as the listeners do. */
	@Override
	public int getPhase() {
		return WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE;
	}

	private void run() {
		while (isCurrent()) {
			try (Consumer<String, byte[]> opened = open()) {
				this.consumer = opened;
				read(opened);
			}
			catch (WakeupException | InterruptException ex) {
				log.debug("The tail was woken up");
			}
			catch (RuntimeException ex) {
				throttle.log("tail", (suppressed) -> log
					.warn("Records cannot be read at present ({} more failures): {}", suppressed, ex.toString()));
				pause();
			}
		}
	}

	private boolean isCurrent() {
		return Thread.currentThread() == this.thread;
	}

	private Consumer<String, byte[]> open() {
		Properties properties = new Properties();
		properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
		properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
		return this.consumers.createConsumer(null, "", "-tail", properties);
	}

	private void read(Consumer<String, byte[]> opened) {
		long checkedAt = System.nanoTime();
		assign(opened);
		while (isCurrent()) {
			if (System.nanoTime() - checkedAt > checkInterval(opened).toNanos()) {
				checkedAt = System.nanoTime();
				assign(opened);
			}
			receive(opened);
		}
	}

	private Duration checkInterval(Consumer<String, byte[]> opened) {
		long found = opened.assignment().stream().map(TopicPartition::topic).distinct().count();
		return (found < this.settings.topics().size()) ? RETRY_DELAY : this.settings.topicCheck();
	}

	/** Adds the partitions that have appeared since the last time. */
	private void assign(Consumer<String, byte[]> opened) {
		Collection<TopicPartition> partitions = partitions(opened);
		if (opened.assignment().size() == partitions.size()) {
			return;
		}
		opened.assign(partitions);
		Map<TopicPartition, Long> first = opened.beginningOffsets(partitions);
		Map<TopicPartition, Long> end = opened.endOffsets(partitions);
		for (TopicPartition partition : partitions) {
			long start = Math.max(first.getOrDefault(partition, 0L),
					end.getOrDefault(partition, 0L) - this.settings.backlog());
			if (this.next.putIfAbsent(partition, start) == null) {
				this.ends.put(partition, end.getOrDefault(partition, 0L));
				this.listener.onAssigned(partition, start);
			}
			opened.seek(partition, this.next.getOrDefault(partition, start));
		}
	}

	private List<TopicPartition> partitions(Consumer<String, byte[]> opened) {
		List<TopicPartition> found = new ArrayList<>();
		for (String topic : this.settings.topics()) {
			opened.partitionsFor(topic)
				.forEach((partition) -> found.add(new TopicPartition(topic, partition.partition())));
		}
		return found;
	}

	private void receive(Consumer<String, byte[]> opened) {
		if (opened.assignment().isEmpty()) {
			// No topic exists yet, and a consumer without partitions cannot poll.
			pause();
			return;
		}
		ConsumerRecords<String, byte[]> polled = opened.poll(POLL_TIMEOUT);
		if (!polled.isEmpty()) {
			List<ConsumerRecord<String, byte[]>> records = TimeOrder.of(polled);
			this.listener.onRecords(records);
			records.forEach(
					(each) -> this.next.put(new TopicPartition(each.topic(), each.partition()), each.offset() + 1));
		}
		if (!this.caughtUp && hasReachedEnds(opened)) {
			this.caughtUp = true;
			this.listener.onCaughtUp();
		}
	}

	private boolean hasReachedEnds(Consumer<String, byte[]> opened) {
		return !this.ends.isEmpty()
				&& this.ends.entrySet().stream().allMatch((end) -> opened.position(end.getKey()) >= end.getValue());
	}

	/**
	 * Waits before the next attempt, on the thread of the tail, until the tail ends.
	 * Nothing signals that the brokers or the topics are there again.
	 */
	private void pause() {
		try {
			if (this.ended.tryAcquire(RETRY_DELAY.toMillis(), TimeUnit.MILLISECONDS)) {
				log.debug("The tail ends while it waits");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void join(Thread reader) {
		try {
			reader.join(Duration.ofSeconds(5).toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * The records that a tail reads.
	 *
	 * @param topics the names of the topics; one that does not exist yet is read once it
	 * does
	 * @param backlog the number of records before the end of a partition with which it
	 * starts
	 * @param topicCheck the interval at which new topics and partitions are noticed
	 */
	public record Settings(List<String> topics, int backlog, Duration topicCheck) {
	}

}
