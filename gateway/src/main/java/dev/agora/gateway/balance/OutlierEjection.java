package dev.agora.gateway.balance;

import java.util.function.LongSupplier;

/**
 * Decides whether an instance is ejected: for a growing time after requests have failed,
 * and for as long as it does not answer probes.
 */
final class OutlierEjection {

	/**
	 * One late response to a probe may come from an instance that is busy for a moment.
	 */
	private static final int MISSED_PROBES = 2;

	private final LoadBalancerSettings settings;

	private final LongSupplier nanos;

	private long duration;

	private int consecutiveTimeouts;

	private int missedProbes;

	private boolean refused;

	private volatile boolean clean = true;

	private volatile boolean unresponsive;

	private volatile boolean hasFailed;

	private volatile long ejectedUntil;

	OutlierEjection(LoadBalancerSettings settings, LongSupplier nanos) {
		this.settings = settings;
		this.nanos = nanos;
	}

	boolean isEjected() {
		return this.unresponsive || (this.hasFailed && this.ejectedUntil - this.nanos.getAsLong() > 0);
	}

	/** A response to a request clears all failures. */
	void onResponse() {
		if (!this.clean) {
			reset();
		}
	}

	/**
	 * Records a failed request. Requests that fail together are one failure: an instance
	 * that is ejected already is not ejected again.
	 * @return whether this failure ejects the instance
	 */
	synchronized boolean onFailure(Failure failure) {
		this.clean = false;
		if (isEjected() || !ejects(failure)) {
			return false;
		}
		this.refused = (failure == Failure.CONNECT_FAILED);
		this.duration = Math.min(Math.max(this.duration * 2, this.settings.minEjection().toNanos()),
				this.settings.maxEjection().toNanos());
		this.ejectedUntil = this.nanos.getAsLong() + this.duration;
		this.hasFailed = true;
		return true;
	}

	/**
	 * Records the response to a probe. An instance that refused connections is available
	 * again. An instance that failed requests may have answered probes all the time, so
	 * it stays ejected until its time is over.
	 */
	synchronized void onProbeResponse() {
		this.missedProbes = 0;
		this.unresponsive = false;
		if (this.refused) {
			reset();
		}
	}

	/**
	 * Records that a probe was not answered.
	 * @return whether this ejects the instance
	 */
	synchronized boolean onProbeFailure(Failure failure) {
		this.clean = false;
		this.missedProbes++;
		boolean before = this.unresponsive;
		this.unresponsive = before || failure == Failure.CONNECT_FAILED || this.missedProbes >= MISSED_PROBES;
		return this.unresponsive && !before;
	}

	private boolean ejects(Failure failure) {
		if (failure == Failure.TIMED_OUT) {
			this.consecutiveTimeouts++;
			return this.consecutiveTimeouts >= this.settings.consecutiveTimeouts();
		}
		return failure.isInstanceFault();
	}

	private synchronized void reset() {
		this.duration = 0;
		this.consecutiveTimeouts = 0;
		this.missedProbes = 0;
		this.refused = false;
		this.hasFailed = false;
		this.unresponsive = false;
		this.clean = true;
	}

}
