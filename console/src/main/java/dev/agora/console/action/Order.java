package dev.agora.console.action;

import java.util.Locale;

/**
 * An action that a viewer has ordered.
 *
 * @param verb the action
 * @param target the process or service, empty if the action has none
 * @param rate the requests per second of a load, otherwise 0
 */
public record Order(Verb verb, String target, int rate) {

	/** The actions. */
	public enum Verb {

		/** Ends a process as a crash would. */
		KILL("killed"),

		/** Stops a process in order. */
		STOP("stopped"),

		/** Starts a process that has ended. */
		START("started"),

		/** Stops and starts a process. */
		RESTART("restarted"),

		/** Freezes a process, which then does not respond. */
		PAUSE("paused"),

		/** Ends a pause. */
		RESUME("resumed"),

		/** Starts one more instance of a service. */
		CLONE("cloned"),

		/** Stops an instance that was added. */
		REMOVE("removed"),

		/** Deletes all keys of Redis. */
		FLUSH("flushed"),

		/** Starts a light load, or changes its rate. */
		LOAD("started"),

		/** Ends the light load. */
		UNLOAD("stopped");

		private final String done;

		Verb(String done) {
			this.done = done;
		}

		boolean needsTarget() {
			return this != FLUSH && this != LOAD && this != UNLOAD;
		}

	}

	/** Describes the order for the log. */
	String text() {
		return switch (this.verb) {
			case FLUSH -> "Redis is flushed";
			case LOAD -> "A load of " + this.rate + " requests per second is started";
			case UNLOAD -> "The load is stopped";
			case CLONE -> this.target + " gets one more instance";
			default -> this.target + " is " + this.verb.done;
		};
	}

	/** The text that names the moment in charts. */
	String mark() {
		return (this.verb == Verb.LOAD) ? "load " + this.rate + "/s"
				: (this.verb.name().toLowerCase(Locale.ROOT) + " " + this.target).strip();
	}

}
