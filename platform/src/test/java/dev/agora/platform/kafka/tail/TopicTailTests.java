package dev.agora.platform.kafka.tail;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.kafka.core.ConsumerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads from a consumer without a broker, which is part of Kafka's own library. */
class TopicTailTests {

	private static final TopicPartition THINGS = new TopicPartition("things", 0);

	private final Queue<String> received = new ConcurrentLinkedQueue<>();

	private final Queue<Consumer<String, byte[]>> opened = new ConcurrentLinkedQueue<>();

	private TopicTail tail = tail(List.of());

	@AfterEach
	void stop() {
		this.tail.stop();
	}

	@Test
	void readsSomeRecordsBeforeTheEndAndThenAllOthers() {
		MockConsumer<String, byte[]> consumer = consumer(100);
		this.tail = tail(List.of(consumer));
		consumer.schedulePollTask(() -> add(consumer, 90, 105));
		this.tail.start();
		await("the records and the notice", 17);
		assertThat(this.received).startsWith("assigned 90", "90", "91").contains("caught up", "104");
		assertThat(this.tail.isRunning()).isTrue();
	}

	@Test
	void continuesWhereItWasAfterAFailure() {
		MockConsumer<String, byte[]> first = consumer(100);
		MockConsumer<String, byte[]> second = consumer(100);
		this.tail = tail(List.of(first, second));
		first.schedulePollTask(() -> add(first, 90, 100));
		first.schedulePollTask(() -> first.setPollException(new KafkaException("The broker is gone.")));
		second.schedulePollTask(() -> add(second, 100, 102));
		this.tail.start();
		await("all records once", 14);
		assertThat(this.received).containsOnlyOnce("assigned 90", "90", "99", "100", "101");
		assertThat(first.closed()).isTrue();
	}

	@Test
	void stopsWhileItWaits() {
		MockConsumer<String, byte[]> consumer = consumer(100);
		this.tail = tail(List.of(consumer));
		this.tail.start();
		await("the assignment", 1);
		this.tail.stop();
		assertThat(consumer.closed()).isTrue();
	}

	/** The other parts of the same phase of the shutdown stop meanwhile. */
	@Test
	void itsStopDelaysNoOther() {
		CountDownLatch working = new CountDownLatch(1);
		CountDownLatch done = new CountDownLatch(1);
		MockConsumer<String, byte[]> consumer = consumer(100);
		this.tail = tail(List.of(consumer));
		consumer.schedulePollTask(() -> {
			working.countDown();
			awaitUninterrupted(done);
		});
		this.tail.start();
		awaitUninterrupted(working);
		AtomicBoolean stopped = new AtomicBoolean();
		this.tail.stop(() -> stopped.set(true));
		assertThat(stopped).as("a batch is applied").isFalse();
		done.countDown();
		Awaitility.await("the tail has stopped").atMost(Duration.ofSeconds(30)).untilTrue(stopped);
		assertThat(consumer.closed()).isTrue();
	}

	private static void awaitUninterrupted(CountDownLatch latch) {
		try {
			assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private TopicTail tail(List<MockConsumer<String, byte[]>> consumers) {
		this.opened.clear();
		this.opened.addAll(consumers);
		ConsumerFactory<String, byte[]> factory = new ConsumerFactory<>() {

			@Override
			public Consumer<String, byte[]> createConsumer(@Nullable String group, @Nullable String prefix,
					@Nullable String suffix) {
				return createConsumer(group, prefix, suffix, null);
			}

			@Override
			public Consumer<String, byte[]> createConsumer(@Nullable String group, @Nullable String prefix,
					@Nullable String suffix, @Nullable Properties properties) {
				return Objects.requireNonNull(TopicTailTests.this.opened.poll());
			}

			@Override
			public boolean isAutoCommit() {
				return false;
			}

		};
		return new TopicTail(factory, new TopicTail.Settings(List.of("things"), 10, Duration.ofSeconds(30)),
				new Collector());
	}

	private static MockConsumer<String, byte[]> consumer(long end) {
		MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
		consumer.updatePartitions("things", List.of(new PartitionInfo("things", 0, null, null, null)));
		consumer.updateBeginningOffsets(Map.of(THINGS, 0L));
		consumer.updateEndOffsets(Map.of(THINGS, end));
		return consumer;
	}

	private static void add(MockConsumer<String, byte[]> consumer, int from, int to) {
		IntStream.range(from, to)
			.forEach((offset) -> consumer.addRecord(new ConsumerRecord<>("things", 0, offset, "k", new byte[0])));
	}

	private void await(String what, int entries) {
		Awaitility.await(what).atMost(Duration.ofSeconds(30)).until(() -> this.received.size() >= entries);
	}

	/** Keeps what it receives. */
	private final class Collector implements TailListener {

		@Override
		public void onAssigned(TopicPartition partition, long first) {
			TopicTailTests.this.received.add("assigned " + first);
		}

		@Override
		public void onRecords(List<ConsumerRecord<String, byte[]>> records) {
			records.forEach((record) -> TopicTailTests.this.received.add(String.valueOf(record.offset())));
		}

		@Override
		public void onCaughtUp() {
			TopicTailTests.this.received.add("caught up");
		}

	}

}
