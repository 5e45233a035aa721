package dev.agora.gateway.rate;

import java.util.concurrent.TimeUnit;

/**
 * The requests that one client may still send to this gateway. Two counts must allow a
 * request: the gateway's own token bucket, which is never overdrawn, and the tokens that
 * were fetched in advance from the bucket in Redis. A request does not wait for Redis:
 * during a fetch the fetched tokens may fall below zero, and the next fetch pays the
 * debt.
 */
final class LocalBucket {

	/** The decision about a request. */
	enum Verdict {

		SERVED,

		/** The request is served, and a new batch must be fetched. */
		SERVED_AND_LOW,

		REFUSED

	}

	private final RateLimit limit;

	/** The gateway's own bucket, and when it was last filled. */
	private double localTokens;

	private long filledAt;

	private int fetchedTokens;

	/** The tokens in Redis after the last fetch. */
	private int redisTokens;

	private boolean fetching;

	/** The time until which Redis has no tokens. */
	private long emptyUntil;

	LocalBucket(RateLimit limit, long now) {
		this.limit = limit;
		this.localTokens = limit.burst();
		this.redisTokens = limit.burst();
		this.filledAt = now;
		// Other threads may have read the clock a little before this one.
		this.emptyUntil = now - TimeUnit.SECONDS.toNanos(1);
	}

	/** Takes one token for a request. */
	synchronized Verdict tryTake(long now) {
		fill(now);
		boolean mayHaveMore = this.fetching || now - this.emptyUntil >= 0;
		if (this.localTokens < 1 || (this.fetchedTokens <= 0 && !mayHaveMore)) {
			return Verdict.REFUSED;
		}
		this.localTokens--;
		this.fetchedTokens--;
		if (this.fetching || now - this.emptyUntil < 0 || this.fetchedTokens > this.limit.batch() / 2) {
			return Verdict.SERVED;
		}
		this.fetching = true;
		return Verdict.SERVED_AND_LOW;
	}

	/** The number of tokens to fetch: up to a batch, plus the debt. */
	synchronized int fetchSize() {
		return Math.min(this.limit.burst(), this.limit.batch() - this.fetchedTokens);
	}

	/** Adds the tokens that Redis has granted, perhaps none. */
	synchronized void onFetched(int granted, int left, long now) {
		this.fetching = false;
		this.fetchedTokens += granted;
		this.redisTokens = left;
		if (left == 0) {
			this.emptyUntil = now + this.limit.nanosFor(Math.max(1, this.limit.batch() / 2));
		}
	}

	/**
	 * Records that Redis is unavailable. The gateway's own bucket decides alone until it
	 * is available again.
	 */
	synchronized void onFetchFailed() {
		this.fetching = false;
		this.fetchedTokens = this.limit.batch();
		this.redisTokens = this.limit.burst();
	}

	/** How many requests the client may still send at once. */
	synchronized int left() {
		return (int) Math.max(0, Math.min(this.localTokens, (double) this.redisTokens + this.fetchedTokens));
	}

	private void fill(long now) {
		if (now - this.filledAt <= 0) {
			return;
		}
		double added = (double) (now - this.filledAt) * this.limit.perSecond() / TimeUnit.SECONDS.toNanos(1);
		this.localTokens = Math.min(this.limit.burst(), this.localTokens + added);
		this.filledAt = now;
	}

}
