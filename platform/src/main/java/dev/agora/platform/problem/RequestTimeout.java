package dev.agora.platform.problem;

import java.util.List;

/** Thrown if the client did not send its request in time (408). */
public final class RequestTimeout extends Problem {

	private static final long serialVersionUID = 1L;

	public RequestTimeout() {
		super(408, "request-timeout", "The body of the request did not arrive in time.", List.of());
	}

}
