package dev.agora.platform.problem;

import java.util.List;

/** The client did not send its request in time (408). */
public final class RequestTimeout extends Problem {

	private static final long serialVersionUID = 1L;

	public RequestTimeout() {
		super(408, "request-timeout", "The body of the request did not come in time.", List.of());
	}

}
