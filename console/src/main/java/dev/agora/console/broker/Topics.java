package dev.agora.console.broker;

import java.util.List;

/**
 * All topics at one time.
 *
 * @param available whether Kafka has responded
 * @param at the time of the offsets in nanoseconds
 * @param topics the topics by name; those of the last response while Kafka is unavailable
 */
public record Topics(boolean available, long at, List<Topic> topics) {

	static final Topics NONE = new Topics(false, 0, List.of());

	/** The same topics, while Kafka does not respond. */
	Topics unavailable() {
		return new Topics(false, this.at, this.topics);
	}

}
