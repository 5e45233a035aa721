package dev.agora.platform.kafka.deadletter;

import java.util.List;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** The operator's view of the dead letters, on the management port alone. */
@Endpoint(id = "deadletters")
public final class DeadLettersEndpoint {

	private final DeadLetters deadLetters;

	public DeadLettersEndpoint(DeadLetters deadLetters) {
		this.deadLetters = deadLetters;
	}

	/** The letters that wait. */
	@ReadOperation
	public Waiting waiting() {
		return new Waiting(this.deadLetters.waiting());
	}

	/** Replays what waits in one topic. */
	@WriteOperation
	public Replayed replay(@Selector String topic) {
		DeadLetters.Replay replay = this.deadLetters.replay(topic);
		return new Replayed(replay.replayed(), replay.refused());
	}

	/**
	 * The answer to a reading.
	 *
	 * @param items the letters
	 */
	public record Waiting(List<DeadLetter> items) {
	}

	/**
	 * The answer to a replay.
	 *
	 * @param replayed how many letters were sent again
	 * @param refused why others were not, a sentence each
	 */
	public record Replayed(int replayed, List<String> refused) {
	}

}
