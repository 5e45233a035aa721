package dev.agora.platform.kafka.deadletter;

import java.util.Optional;

/**
 * The topic with the dead letters of one consumer group, named
 * {@code <topic>.<group>.dlt}.
 *
 * @param origin the topic of the events that the group could not apply
 * @param group the consumer group
 */
public record DeadLetterTopic(String origin, String group) {

	private static final String SUFFIX = ".dlt";

	/**
	 * Parses the name of a topic.
	 * @param name the name
	 * @param service the first part of the names of the service's groups, as in "feed"
	 * @return the topic, empty if it holds no dead letters of a group of the service
	 */
	static Optional<DeadLetterTopic> parse(String name, String service) {
		int separator = name.indexOf("." + service + ".");
		if (separator < 0 || !name.endsWith(SUFFIX)) {
			return Optional.empty();
		}
		return Optional.of(new DeadLetterTopic(name.substring(0, separator),
				name.substring(separator + 1, name.length() - SUFFIX.length())));
	}

	/** Returns the name of the topic. */
	public String name() {
		return this.origin + "." + this.group + SUFFIX;
	}

}
