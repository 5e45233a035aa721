package dev.agora.platform.problem;

import java.time.Duration;
import java.util.List;

/** Thrown if the request cannot be served now and may be tried again later (503). */
public final class Unavailable extends Problem {

	private static final long serialVersionUID = 1L;

	private final Duration retryAfter;

	public Unavailable(String detail, Duration retryAfter) {
		super(503, "unavailable", detail, List.of());
		this.retryAfter = retryAfter;
	}

	@Override
	public Duration retryAfter() {
		return this.retryAfter;
	}

}
