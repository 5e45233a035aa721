package dev.agora.platform.kafka.deadletter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import reactor.core.Exceptions;

import org.springframework.kafka.core.ConsumerFactory;

import dev.agora.platform.kafka.EventPublisher;
import dev.agora.platform.kafka.KafkaFailures;
import dev.agora.platform.kafka.KafkaFailures.Kind;
import dev.agora.platform.problem.NotFound;

/**
 * Sends dead letters again to the listeners that could not apply them. No letter is
 * deleted: a letter that was replayed is marked, see {@link DeadLetterConsumer}. All
 * methods block.
 */
public final class DeadLetterReplayer {

	private static final Duration SEND_TIMEOUT = Duration.ofSeconds(10);

	private final DeadLetterTopics topics;

	private final ConsumerFactory<String, byte[]> consumers;

	private final EventPublisher publisher;

	public DeadLetterReplayer(DeadLetterTopics topics, ConsumerFactory<String, byte[]> consumers,
			EventPublisher publisher) {
		this.topics = topics;
		this.consumers = consumers;
		this.publisher = publisher;
	}

	/**
	 * Replays the pending letters of a topic, in order. A letter that was shortened, or
	 * that the topic of its event refuses, stays pending.
	 * @param name the name of the dead-letter topic
	 * @throws NotFound if this service has no such topic
	 */
	public ReplayResult replay(String name) {
		DeadLetterTopic topic = this.topics.require(name);
		List<String> refused = new ArrayList<>();
		try (DeadLetterConsumer letters = new DeadLetterConsumer(this.consumers, name)) {
			int replayed = letters.replayEach((letter) -> replay(topic, letter).map(refused::add).isEmpty());
			return new ReplayResult(replayed, List.copyOf(refused));
		}
		catch (KafkaException ex) {
			throw DeadLetterTopics.unavailable();
		}
	}

	/** Replays a letter. Returns the reason if it is refused. */
	private Optional<String> replay(DeadLetterTopic topic, ConsumerRecord<String, byte[]> record) {
		DeadLetter letter = DeadLetter.of(record);
		if (letter.shortened()) {
			return Optional.of(letter.position() + " was shortened from " + letter.size()
					+ " bytes to fit and cannot be replayed. The whole event is at " + letter.origin() + ".");
		}
		try {
			this.publisher.replay(record, topic.origin(), topic.group()).block(SEND_TIMEOUT);
			return Optional.empty();
		}
		catch (RuntimeException ex) {
			if (KafkaFailures.kind(Exceptions.unwrap(ex)) != Kind.OF_RECORD) {
				throw DeadLetterTopics.unavailable();
			}
			return Optional.of(letter.position() + " was refused by " + topic.origin() + ": " + ex.getMessage());
		}
	}

}
