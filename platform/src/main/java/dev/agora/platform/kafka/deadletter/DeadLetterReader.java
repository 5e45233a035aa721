package dev.agora.platform.kafka.deadletter;

import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.common.KafkaException;

import org.springframework.kafka.core.ConsumerFactory;

/** Lists the pending dead letters of this service's listeners. All methods block. */
public final class DeadLetterReader {

	private static final int MAX_LISTED = 1000;

	private final DeadLetterTopics topics;

	private final ConsumerFactory<String, byte[]> consumers;

	public DeadLetterReader(DeadLetterTopics topics, ConsumerFactory<String, byte[]> consumers) {
		this.topics = topics;
		this.consumers = consumers;
	}

	/**
	 * Lists the pending letters of all topics, at most the first 1000. The next letters
	 * are listed once these are replayed or deleted.
	 */
	public List<DeadLetter> list() {
		List<DeadLetter> pending = new ArrayList<>();
		for (DeadLetterTopic topic : this.topics.list()) {
			try (DeadLetterConsumer letters = new DeadLetterConsumer(this.consumers, topic.name())) {
				letters.readEach((letter) -> pending.size() < MAX_LISTED && pending.add(DeadLetter.of(letter)));
			}
			catch (KafkaException ex) {
				throw DeadLetterTopics.unavailable();
			}
		}
		return pending;
	}

}
