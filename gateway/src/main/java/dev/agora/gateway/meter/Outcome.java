package dev.agora.gateway.meter;

import java.util.Locale;

import dev.agora.platform.web.RequestTimer;

/** How a client's request ended. */
enum Outcome {

	SUCCESS, CLIENT_ERROR, SERVER_ERROR,

	/** The client closed the connection before the response. */
	ABANDONED;

	static Outcome of(int status) {
		if (status == RequestTimer.CLIENT_CLOSED_REQUEST) {
			return ABANDONED;
		}
		return (status >= 500) ? SERVER_ERROR : (status >= 400) ? CLIENT_ERROR : SUCCESS;
	}

	/** The value of the tag {@code outcome}. */
	String tag() {
		return name().toLowerCase(Locale.ROOT);
	}

}
