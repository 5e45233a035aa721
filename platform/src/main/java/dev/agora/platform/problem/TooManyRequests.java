package dev.agora.platform.problem;

import java.time.Duration;
import java.util.List;

/** Thrown if the caller sent too many requests and may try again later (429). */
public final class TooManyRequests extends Problem {

	private static final long serialVersionUID = 1L;

	private final Duration retryAfter;

	public TooManyRequests(String code, String detail, Duration retryAfter) {
		super(429, code, detail, List.of());
		this.retryAfter = retryAfter;
	}

	@Override
	public Duration retryAfter() {
		return this.retryAfter;
	}

}
