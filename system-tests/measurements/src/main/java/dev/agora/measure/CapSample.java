package dev.agora.measure;

import dev.agora.measure.history.Level;

/**
 * One read of the experiment.
 *
 * @param store the store that was cut off in this part of the experiment
 * @param object what was read
 * @param level the required level
 * @param second when the read started, in seconds since the start of this part
 * @param outcome how it was answered
 * @param milliseconds how long that took
 */
record CapSample(String store, String object, Level level, double second, Outcome outcome, double milliseconds) {

	/** How a read was answered. */
	enum Outcome {

		/** It shows the last write of its client. */
		NEWEST("the client's last write"),

		/** It is older, and says so. */
		AGED("older, with Age"),

		/** It is older without a sign, which only eventual reads may be. */
		OLDER("older, without a sign"),

		/** It was refused. */
		REFUSED("refused"),

		/** It is older than its level promises. */
		BROKEN("older than promised");

		private final String text;

		Outcome(String text) {
			this.text = text;
		}

		String text() {
			return this.text;
		}

	}

}
