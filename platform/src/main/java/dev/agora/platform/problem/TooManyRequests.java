package dev.agora.platform.problem;

import java.time.Duration;
import java.util.List;

/** The caller has asked too often and may ask again later (429). */
public final class TooManyRequests extends Problem {

	private static final long serialVersionUID = 1L;

	private final Duration retryAfter;

	public TooManyRequests(String code, String sentence, Duration retryAfter) {
		super(429, code, sentence, List.of());
		this.retryAfter = retryAfter;
	}

	@Override
	public Duration retryAfter() {
		return this.retryAfter;
	}

}
