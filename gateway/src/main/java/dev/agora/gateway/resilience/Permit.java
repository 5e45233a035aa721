package dev.agora.gateway.resilience;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatusCode;

import dev.agora.platform.problem.DeadlineExceeded;

/** A request that was let in. */
final class Permit {

	private final ConcurrencyLimit limit;

	private final long since;

	private final int amongst;

	Permit(ConcurrencyLimit limit, long since, int amongst) {
		this.limit = limit;
		this.since = since;
		this.amongst = amongst;
	}

	/**
	 * It was answered. A refusal tells nothing about load: it may be quick because the
	 * request was wrong, or because the service is overloaded.
	 */
	void answered(@Nullable HttpStatusCode status) {
		if (status != null && !status.isError()) {
			measure();
		}
	}

	/** It failed. Only a time-out says how long it took. */
	void failed(Throwable failure) {
		if (failure instanceof DeadlineExceeded) {
			measure();
		}
	}

	/** It is no longer there: answered, failed or given up by the client. */
	void leave() {
		this.limit.leave();
	}

	private void measure() {
		this.limit.took(this.since, System.nanoTime(), this.amongst);
	}

}
