package dev.agora.platform.kafka.progress;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import dev.agora.platform.kafka.KafkaSettings;
import dev.agora.system.TestSystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The lag of consumers is read from a real broker, also without any consumer. */
class ConsumerMetersJourney {

	private static final Duration BOUND = Duration.ofMinutes(2);

	private static String brokers;

	private static Admin admin;

	private final String topic = "lag" + System.nanoTime() + ".v1";

	private final String group = "test." + this.topic;

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final BrokerClient client = new BrokerClient(
			new Binder(new MapConfigurationPropertySource(Map.of("agora.kafka.bootstrap-servers", brokers)))
				.bindOrCreate("agora.kafka", KafkaSettings.class));

	/** The second topic does not exist, which must not hide the first. */
	private final ConsumerMeters consumers = new ConsumerMeters(
			() -> Set.of(new Subscription(this.group, this.topic), new Subscription(this.group, "no-such-topic")),
			this.client, this.meters, Clock.systemUTC(), Duration.ofMillis(200));

	@BeforeAll
	static void connect() throws IOException {
		assumeTrue(TestSystem.isOwn(), "It creates topics, so it needs a system that the tests have started.");
		TestSystem.awaitReady();
		brokers = "127.0.0.1:" + TestSystem.portOf("kafka");
		admin = Admin.create(Map.of("bootstrap.servers", brokers));
	}

	@AfterAll
	static void disconnect() {
		if (admin != null) {
			admin.close();
		}
	}

	@BeforeEach
	void start() throws ExecutionException, InterruptedException {
		admin.createTopics(List.of(new NewTopic(this.topic, 2, (short) -1),
				new NewTopic(this.topic + "." + this.group + ".dlt", 1, (short) -1)))
			.all()
			.get();
		this.consumers.start();
	}

	@AfterEach
	void stop() {
		this.consumers.stop();
		this.client.close();
	}

	@Test
	void showsTheLagOfAGroupWithoutMembers() throws ExecutionException, InterruptedException {
		send(this.topic, 5);
		await("consumer.lag", 5);
		await("consumer.members", 0);
		double delay = value("consumer.delay");
		Awaitility.await("the delay grows").atMost(BOUND).until(() -> value("consumer.delay") > delay + 1);
	}

	@Test
	void keepsTheLagWhenTheConsumerIsGone() throws ExecutionException, InterruptedException {
		send(this.topic, 5);
		try (KafkaConsumer<String, String> consumer = consumer()) {
			consumeAll(consumer, 5);
			await("consumer.lag", 0);
			await("consumer.members", 1);
			send(this.topic, 3);
			await("consumer.lag", 3);
		}
		await("consumer.members", 0);
		assertThat(value("consumer.lag")).isEqualTo(3);
	}

	/** Records that Kafka has deleted are never applied, so they are no lag. */
	@Test
	void doesNotCountDeletedRecords() throws ExecutionException, InterruptedException {
		send(this.topic, 5);
		await("consumer.lag", 5);
		for (int partition = 0; partition < 2; partition++) {
			admin.deleteRecords(Map.of(new TopicPartition(this.topic, partition), RecordsToDelete.beforeOffset(-1)))
				.all()
				.get();
		}
		await("consumer.lag", 0);
	}

	@Test
	void countsDeadLettersThatWereNotReplayed() throws ExecutionException, InterruptedException {
		await("dead.letters.pending", 0);
		send(this.topic + "." + this.group + ".dlt", 2);
		await("dead.letters.pending", 2);
	}

	private void await(String meter, double expected) {
		Awaitility.await(meter + " is " + expected).atMost(BOUND).until(() -> value(meter) == expected);
	}

	/** Returns the value of a meter, -1 before the first reading. */
	private double value(String meter) {
		Gauge gauge = this.meters.find(meter).tag("group", this.group).gauge();
		return (gauge != null) ? gauge.value() : -1;
	}

	private KafkaConsumer<String, String> consumer() {
		KafkaConsumer<String, String> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", brokers, "group.id",
				this.group, "auto.offset.reset", "earliest", "enable.auto.commit", "false"), new StringDeserializer(),
				new StringDeserializer());
		consumer.subscribe(List.of(this.topic));
		return consumer;
	}

	private static void consumeAll(KafkaConsumer<String, String> consumer, int records) {
		int consumed = 0;
		long end = System.nanoTime() + BOUND.toNanos();
		while (consumed < records && System.nanoTime() < end) {
			consumed += consumer.poll(Duration.ofMillis(100)).count();
		}
		consumer.commitSync();
		assertThat(consumed).isEqualTo(records);
	}

	private static void send(String topic, int records) throws ExecutionException, InterruptedException {
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(Map.of("bootstrap.servers", brokers),
				new StringSerializer(), new StringSerializer())) {
			for (int record = 0; record < records; record++) {
				producer.send(new ProducerRecord<>(topic, "key" + record, "value")).get();
			}
		}
	}

}
