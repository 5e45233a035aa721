package dev.agora.platform.problem;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

/** Thrown if the request cannot be served now and may be tried again later (503). */
public final class Unavailable extends Problem {

	private static final long serialVersionUID = 1L;

	private final Duration retryAfter;

	public Unavailable(String detail, Duration retryAfter) {
		this(detail, retryAfter, null);
	}

	/**
	 * Creates the problem that a failure is mapped to.
	 * @param cause the failure, by which an operation may decide to try again
	 */
	public Unavailable(String detail, Duration retryAfter, @Nullable Throwable cause) {
		super(503, "unavailable", detail, List.of(), cause);
		this.retryAfter = retryAfter;
	}

	@Override
	public Duration retryAfter() {
		return this.retryAfter;
	}

}
