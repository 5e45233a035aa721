package dev.agora.platform.problem;

import java.util.List;

/** Thrown if a response was not ready within the deadline (504). */
public final class DeadlineExceeded extends Problem {

	private static final long serialVersionUID = 1L;

	public DeadlineExceeded(String detail) {
		super(504, "timeout", detail, List.of());
	}

}
