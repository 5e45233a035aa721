package dev.agora.gateway.limit;

import java.time.Duration;
import java.util.List;

import dev.agora.platform.problem.Problem;

/** The client asks more often than it may (429). */
final class TooManyRequests extends Problem {

	private static final long serialVersionUID = 1L;

	private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

	TooManyRequests(Quota quota) {
		super(429, "too-many-requests", "This " + quota.kind() + " may make " + quota.perSecond()
				+ " requests a second, and " + quota.burst() + " at once.", List.of());
	}

	@Override
	public Duration retryAfter() {
		return RETRY_AFTER;
	}

}
