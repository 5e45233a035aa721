package dev.agora.platform.kafka.deadletter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import reactor.core.Exceptions;

import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;

import dev.agora.platform.kafka.EventPublisher;
import dev.agora.platform.kafka.KafkaFailures;
import dev.agora.platform.kafka.KafkaFailures.Kind;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.Unavailable;

/**
 * The dead letters of this service's listeners. Nothing is deleted: what was replayed is
 * marked, see {@link WaitingDeadLetters}. All methods block.
 */
public final class DeadLetters {

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	/** Of one service; what is replayed or deleted makes room for the others. */
	private static final int LISTED = 1000;

	private final KafkaAdmin admin;

	private final ConsumerFactory<String, byte[]> consumers;

	private final EventPublisher publisher;

	private final String groupPrefix;

	public DeadLetters(KafkaAdmin admin, ConsumerFactory<String, byte[]> consumers, EventPublisher publisher,
			String service) {
		this.admin = admin;
		this.consumers = consumers;
		this.publisher = publisher;
		this.groupPrefix = "." + service.replace("-service", "") + ".";
	}

	/**
	 * The letters that wait, of all topics of this service's listeners; the first 1000.
	 */
	public List<DeadLetter> waiting() {
		List<DeadLetter> waiting = new ArrayList<>();
		for (String topic : topics()) {
			try (WaitingDeadLetters letters = new WaitingDeadLetters(this.consumers, topic)) {
				letters.forEach((letter) -> waiting.size() < LISTED && waiting.add(DeadLetter.of(letter)));
			}
			catch (KafkaException ex) {
				throw unavailable();
			}
		}
		return waiting;
	}

	/**
	 * Sends all letters that wait in a topic to their listener again, in order. A letter
	 * that was shortened, or does not fit any more, is left where it is.
	 * @param topic the dead-letter topic
	 * @return how many were sent, and why others were not
	 * @throws NotFound if this service has no such topic
	 */
	public Replay replay(String topic) {
		if (!topics().contains(topic)) {
			throw NotFound.of("dead-letter topic", topic);
		}
		Replay replay = new Replay();
		try (WaitingDeadLetters letters = new WaitingDeadLetters(this.consumers, topic)) {
			letters.replayEach((letter) -> replay.add(refusal(letter)));
		}
		catch (KafkaException ex) {
			throw unavailable();
		}
		return replay;
	}

	/** Replays a letter; gives why it cannot be, or an empty text. */
	private String refusal(ConsumerRecord<String, byte[]> letter) {
		DeadLetter shown = DeadLetter.of(letter);
		if (shown.shortened()) {
			return shown.place() + " was shortened from " + shown.size() + " bytes to fit and cannot be replayed;"
					+ " its origin, " + shown.origin() + ", has the whole.";
		}
		String origin = letter.topic().substring(0, letter.topic().indexOf(this.groupPrefix));
		String group = letter.topic().substring(origin.length() + 1, letter.topic().length() - ".dlt".length());
		try {
			this.publisher.replay(letter, origin, group).block(PATIENCE.multipliedBy(2));
			return "";
		}
		catch (RuntimeException ex) {
			if (KafkaFailures.kind(Exceptions.unwrap(ex)) != Kind.OF_RECORD) {
				throw unavailable();
			}
			return shown.place() + " is not taken by " + origin + ": " + ex.getMessage();
		}
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
			throw unavailable();
		}
	}

	private static Unavailable unavailable() {
		return new Unavailable("The broker cannot be reached.", PATIENCE);
	}

	/** What became of a replay. */
	public static final class Replay {

		private int replayed;

		private final List<String> refused = new ArrayList<>();

		boolean add(String refusal) {
			if (refusal.isEmpty()) {
				this.replayed++;
				return true;
			}
			this.refused.add(refusal);
			return false;
		}

		/** How many letters were sent again. */
		public int replayed() {
			return this.replayed;
		}

		/** Why others were not, a sentence each. */
		public List<String> refused() {
			return List.copyOf(this.refused);
		}

	}

}
