package dev.agora.feed.live.item;

import java.util.Locale;

/** Why a stream ended. */
public enum EndReason {

	/** The client closed its connection. */
	CLIENT,

	/** The client did not read its events in time. */
	SLOW,

	/** This instance drains. */
	DRAIN,

	/** The stream reached its maximum duration. */
	AGE,

	/** The member deleted their account. */
	DELETED,

	/** An event could not be loaded; the client resumes before it. */
	ERROR;

	/** Returns the reason as metrics and clients see it. */
	public String tag() {
		return name().toLowerCase(Locale.ROOT);
	}

}
