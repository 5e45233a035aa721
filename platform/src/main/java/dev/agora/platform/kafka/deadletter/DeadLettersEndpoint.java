package dev.agora.platform.kafka.deadletter;

import java.util.List;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/** Lets an operator list and replay dead letters, on the management port only. */
@Endpoint(id = "deadletters")
public final class DeadLettersEndpoint {

	private final DeadLetterReader reader;

	private final DeadLetterReplayer replayer;

	public DeadLettersEndpoint(DeadLetterReader reader, DeadLetterReplayer replayer) {
		this.reader = reader;
		this.replayer = replayer;
	}

	/** Lists the pending letters. */
	@ReadOperation
	public DeadLetterList list() {
		return new DeadLetterList(this.reader.list());
	}

	/** Replays the pending letters of one topic. */
	@WriteOperation
	public ReplayResult replay(@Selector String topic) {
		return this.replayer.replay(topic);
	}

	/**
	 * The response to a read.
	 *
	 * @param items the pending letters
	 */
	public record DeadLetterList(List<DeadLetter> items) {
	}

}
