package dev.agora.measure.history;

import java.util.Locale;

/** A level of consistency that a read can require. */
public enum Level {

	/** The response may be old, but says how old it is. */
	EVENTUAL,

	/** The response is never older than the token of the request. */
	SESSION,

	/** The response is linearizable for each object. */
	STRONG;

	/** Returns the value of the header {@code Consistency}. */
	public String header() {
		return name().toLowerCase(Locale.ROOT);
	}

}
