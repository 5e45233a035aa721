package dev.agora.gateway.meter;

import java.util.Locale;

/** How a client's request ended. */
enum Outcome {

	SUCCESS, CLIENT_ERROR, SERVER_ERROR,

	/** The client closed the connection before the response. */
	ABANDONED;

	/**
	 * The status that nginx logs if the client closed the connection before the response.
	 */
	static final int CLIENT_CLOSED_REQUEST = 499;

	static Outcome of(int status) {
		if (status == CLIENT_CLOSED_REQUEST) {
			return ABANDONED;
		}
		return (status >= 500) ? SERVER_ERROR : (status >= 400) ? CLIENT_ERROR : SUCCESS;
	}

	/** The value of the tag {@code outcome}. */
	String tag() {
		return name().toLowerCase(Locale.ROOT);
	}

}
