package dev.agora.gateway.balance;

import java.util.function.LongSupplier;

/**
 * Whether a clone is left alone: for a growing time after it failed requests, and for as
 * long as it does not answer probes.
 */
final class OutlierEjection {

	/** One late answer to a probe may be a busy moment. */
	private static final int MISSED_PROBES = 2;

	private final LoadBalancerSettings settings;

	private final LongSupplier nanos;

	private long length;

	private int lateAnswers;

	private int missedProbes;

	private boolean unreachable;

	private volatile boolean spotless = true;

	private volatile boolean silent;

	private volatile boolean failed;

	private volatile long until;

	OutlierEjection(LoadBalancerSettings settings, LongSupplier nanos) {
		this.settings = settings;
		this.nanos = nanos;
	}

	boolean isOn() {
		return this.silent || (this.failed && this.until - this.nanos.getAsLong() > 0);
	}

	/** A request was answered: all is forgiven. */
	void answered() {
		if (!this.spotless) {
			forgive();
		}
	}

	/**
	 * A request failed. Requests that fail together are one failure: an ejected clone is
	 * not ejected.
	 * @return whether it is ejected by this one
	 */
	synchronized boolean failed(Failure failure) {
		this.spotless = false;
		if (isOn() || !isReason(failure)) {
			return false;
		}
		this.unreachable = (failure == Failure.NOT_CONNECTED);
		this.length = Math.min(Math.max(this.length * 2, this.settings.shortestEjection().toNanos()),
				this.settings.longestEjection().toNanos());
		this.until = this.nanos.getAsLong() + this.length;
		this.failed = true;
		return true;
	}

	/**
	 * A probe was answered. What could not be reached is back; what broke requests may
	 * answer probes all the time, and has to sit its time out.
	 */
	synchronized void probed() {
		this.missedProbes = 0;
		this.silent = false;
		if (this.unreachable) {
			forgive();
		}
	}

	/**
	 * A probe was not answered.
	 * @return whether the clone is ejected by that
	 */
	synchronized boolean missed(Failure failure) {
		this.spotless = false;
		this.missedProbes++;
		boolean before = this.silent;
		this.silent = before || failure == Failure.NOT_CONNECTED || this.missedProbes >= MISSED_PROBES;
		return this.silent && !before;
	}

	private boolean isReason(Failure failure) {
		if (failure == Failure.TOO_SLOW) {
			this.lateAnswers++;
			return this.lateAnswers >= this.settings.lateAnswers();
		}
		return failure.isOfTheClone();
	}

	private synchronized void forgive() {
		this.length = 0;
		this.lateAnswers = 0;
		this.missedProbes = 0;
		this.unreachable = false;
		this.failed = false;
		this.silent = false;
		this.spotless = true;
	}

}
