package dev.agora.platform.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;

import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.Unavailable;

/**
 * The dead letters of this service's listeners. What was replayed is marked by the
 * committed offset of a group of the same name as the dead-letter topic; nothing is
 * deleted. All methods block.
 */
public final class DeadLetters {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private final KafkaAdmin admin;

	private final ConsumerFactory<String, byte[]> consumers;

	private final EventPublisher publisher;

	private final String groupPrefix;

	DeadLetters(KafkaAdmin admin, ConsumerFactory<String, byte[]> consumers, EventPublisher publisher, String service) {
		this.admin = admin;
		this.consumers = consumers;
		this.publisher = publisher;
		this.groupPrefix = "." + service.replace("-service", "") + ".";
	}

	/** All letters that wait, of all topics of this service's listeners. */
	public List<DeadLetter> waiting() {
		return topics().stream()
			.flatMap((topic) -> read(topic, Optional.empty()).stream())
			.map(DeadLetter::of)
			.toList();
	}

	/**
	 * Sends all letters that wait in a topic to their listener again, in order.
	 * @param topic the dead-letter topic
	 * @return how many
	 * @throws NotFound if this service has no such topic
	 */
	public int replay(String topic) {
		if (!topics().contains(topic)) {
			throw NotFound.of("dead-letter topic", topic);
		}
		String origin = topic.substring(0, topic.indexOf(this.groupPrefix));
		String group = topic.substring(origin.length() + 1, topic.length() - ".dlt".length());
		return read(topic, Optional.of((letter) -> this.publisher.replay(letter, origin, group).block(PATIENCE)))
			.size();
	}

	private List<String> topics() {
		try (Admin client = Admin.create(this.admin.getConfigurationProperties())) {
			return client.listTopics()
				.names()
				.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
				.stream()
				.filter((name) -> name.endsWith(".dlt") && name.contains(this.groupPrefix))
				.sorted()
				.toList();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new Unavailable("Interrupted while asking the broker.", PATIENCE);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw new Unavailable("The broker cannot be reached.", PATIENCE);
		}
	}

	private List<ConsumerRecord<String, byte[]>> read(String topic,
			Optional<java.util.function.Consumer<ConsumerRecord<String, byte[]>>> replay) {
		List<ConsumerRecord<String, byte[]>> letters = new ArrayList<>();
		try (Consumer<String, byte[]> consumer = this.consumers.createConsumer(topic, "", "", new Properties())) {
			List<TopicPartition> partitions = consumer.partitionsFor(topic)
				.stream()
				.map((partition) -> new TopicPartition(topic, partition.partition()))
				.toList();
			consumer.assign(partitions);
			Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
			while (partitions.stream()
				.anyMatch((partition) -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
				consumer.poll(PATIENCE).forEach(letters::add);
			}
			replay.ifPresent((send) -> letters.forEach((letter) -> {
				send.accept(letter);
				consumer.commitSync(Map.of(new TopicPartition(topic, letter.partition()),
						new OffsetAndMetadata(letter.offset() + 1)));
			}));
		}
		return letters;
	}

}
