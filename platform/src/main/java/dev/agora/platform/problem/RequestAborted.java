package dev.agora.platform.problem;

import java.util.List;

/**
 * The client closed its connection before its request was complete (400). Nobody reads
 * the response; the status keeps the failure out of what counts as the server's.
 */
public final class RequestAborted extends Problem {

	private static final long serialVersionUID = 1L;

	public RequestAborted() {
		super(400, "request-aborted", "The connection ended before the request was complete.", List.of());
	}

}
