package dev.agora.measure;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A producer and a consumer alone: the time from a send until the record is received. */
final class KafkaRoundTrip {

	private static final long MAX_MICROS = 60_000_000;

	private static final int VALUE_BYTES = 200;

	private final String topic = "measure." + UUID.randomUUID();

	private final Map<String, Object> producer;

	private final Map<String, Object> consumer;

	KafkaRoundTrip(String brokers) {
		this.producer = Map.of("bootstrap.servers", brokers, "acks", "all", "linger.ms", 0);
		this.consumer = Map.of("bootstrap.servers", brokers);
	}

	/** Sends records at a rate once, and returns the times in microseconds. */
	Histogram run(int perSecond, int seconds) throws InterruptedException {
		Histogram times = new Histogram(MAX_MICROS, 3);
		long total = (long) perSecond * seconds;
		try (KafkaProducer<byte[], byte[]> sender = new KafkaProducer<>(this.producer, new ByteArraySerializer(),
				new ByteArraySerializer())) {
			createTopic();
			Thread receiver = new Thread(() -> receive(times, total), "receiver");
			receiver.start();
			send(sender, total, 1_000_000_000L / perSecond);
			receiver.join();
		}
		return times;
	}

	private void createTopic() throws InterruptedException {
		try (Admin admin = Admin.create(this.consumer)) {
			admin.createTopics(List.of(new NewTopic(this.topic, 1, (short) -1))).all().get();
		}
		catch (ExecutionException ex) {
			throw new Problem("The topic could not be created: " + ex.getMessage());
		}
	}

	private void send(KafkaProducer<byte[], byte[]> sender, long total, long gap) {
		long start = System.nanoTime() + Duration.ofSeconds(2).toNanos();
		for (long number = 0; number < total; number++) {
			while (System.nanoTime() < start + number * gap) {
				LockSupport.parkNanos(100_000);
			}
			byte[] value = ByteBuffer.allocate(VALUE_BYTES).putLong(System.nanoTime()).array();
			var unused = sender.send(new ProducerRecord<>(this.topic, value));
		}
	}

	private void receive(Histogram times, long total) {
		try (KafkaConsumer<byte[], byte[]> receiver = new KafkaConsumer<>(this.consumer, new ByteArrayDeserializer(),
				new ByteArrayDeserializer())) {
			List<TopicPartition> partitions = receiver.partitionsFor(this.topic)
				.stream()
				.map((each) -> new TopicPartition(this.topic, each.partition()))
				.toList();
			receiver.assign(partitions);
			receiver.seekToBeginning(partitions);
			while (times.getTotalCount() < total) {
				receiver.poll(Duration.ofMillis(100))
					.forEach((sent) -> times.recordValue(
							Math.max(1, (System.nanoTime() - ByteBuffer.wrap(sent.value()).getLong()) / 1000)));
			}
		}
	}

}
