package dev.agora.gateway.rate;

import java.util.concurrent.TimeUnit;

/**
 * What one client may still ask of this gateway. Two counts must allow a request: this
 * gateway's own bucket, which is never overdrawn, and the share of the bucket in Redis
 * that was fetched in advance. A request does not wait for Redis: while an answer is
 * under way the share may fall below zero, and what it is short of is paid back by the
 * answer.
 */
final class LocalBucket {

	/** What to do with a request. */
	enum Verdict {

		SERVED,

		/** It is served, and it is time to fetch a new share. */
		SERVED_AND_LOW,

		REFUSED

	}

	private final RateLimit quota;

	/** The gateway's own bucket, and when it was last filled. */
	private double own;

	private long filledAt;

	private int share;

	/** What the bucket in Redis held after the last fetch. */
	private int left;

	private boolean fetching;

	/** Before this moment Redis has no more. */
	private long emptyUntil;

	LocalBucket(RateLimit quota, long now) {
		this.quota = quota;
		this.own = quota.burst();
		this.left = quota.burst();
		this.filledAt = now;
		// Requests of other threads may have read the clock a little before this one.
		this.emptyUntil = now - TimeUnit.SECONDS.toNanos(1);
	}

	/** Takes one request from what is left. */
	synchronized Verdict take(long now) {
		fill(now);
		boolean maybeMore = this.fetching || now - this.emptyUntil >= 0;
		if (this.own < 1 || (this.share <= 0 && !maybeMore)) {
			return Verdict.REFUSED;
		}
		this.own--;
		this.share--;
		if (this.fetching || now - this.emptyUntil < 0 || this.share > this.quota.chunk() / 2) {
			return Verdict.SERVED;
		}
		this.fetching = true;
		return Verdict.SERVED_AND_LOW;
	}

	/** How many to fetch: up to a chunk, and what has been overdrawn. */
	synchronized int wanted() {
		return Math.min(this.quota.burst(), this.quota.chunk() - this.share);
	}

	/** Redis gave so many, perhaps none, and still has the rest. */
	synchronized void fetched(int given, int rest, long now) {
		this.fetching = false;
		this.share += given;
		this.left = rest;
		if (rest == 0) {
			this.emptyUntil = now + this.quota.nanosFor(Math.max(1, this.quota.chunk() / 2));
		}
	}

	/** Redis is away: the gateway's own bucket alone decides until it is back. */
	synchronized void notFetched() {
		this.fetching = false;
		this.share = this.quota.chunk();
		this.left = this.quota.burst();
	}

	synchronized int left() {
		return (int) Math.max(0, Math.min(this.own, (double) this.left + this.share));
	}

	private void fill(long now) {
		if (now - this.filledAt <= 0) {
			return;
		}
		double added = (double) (now - this.filledAt) * this.quota.perSecond() / TimeUnit.SECONDS.toNanos(1);
		this.own = Math.min(this.quota.burst(), this.own + added);
		this.filledAt = now;
	}

}
