package dev.agora.platform.problem;

import java.util.List;

/**
 * Thrown if the client closed its connection before its request was complete (400). No
 * client reads the response; the status keeps it from being counted as a server error.
 */
public final class RequestAborted extends Problem {

	private static final long serialVersionUID = 1L;

	public RequestAborted() {
		super(400, "request-aborted", "The connection ended before the request was complete.", List.of());
	}

}
