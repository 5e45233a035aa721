package dev.agora.gateway.guard;

import java.util.List;

import dev.agora.platform.problem.Problem;

/**
 * The client did not send its request within the deadline (408). The service is not to
 * blame: else anybody could make its breaker open by sending slowly.
 */
final class SlowRequest extends Problem {

	private static final long serialVersionUID = 1L;

	SlowRequest() {
		super(408, "request-timeout", "The body of the request did not come in time.", List.of());
	}

}
