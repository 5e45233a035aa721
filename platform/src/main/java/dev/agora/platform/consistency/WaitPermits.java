package dev.agora.platform.consistency;

import dev.agora.platform.permit.OwnerPermits;

/** Bounds the reads that wait at the same time, in all and of one caller. */
final class WaitPermits {

	/** So many reads as a page sends at the same time. */
	static final int MAX_OF_ONE_CALLER = 8;

	private final int max;

	private final OwnerPermits ofCallers = new OwnerPermits(MAX_OF_ONE_CALLER);

	private int total;

	WaitPermits(int max) {
		this.max = max;
	}

	synchronized int acquired() {
		return this.total;
	}

	synchronized boolean tryAcquire(String caller) {
		if (this.total == this.max || !this.ofCallers.tryAcquire(caller)) {
			return false;
		}
		this.total++;
		return true;
	}

	/**
	 * Returns a permit.
	 * @param acquired whether there was one
	 */
	synchronized void release(String caller, boolean acquired) {
		if (acquired) {
			this.total--;
			this.ofCallers.release(caller);
		}
	}

}
