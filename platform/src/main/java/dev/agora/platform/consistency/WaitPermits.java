package dev.agora.platform.consistency;

import java.util.HashMap;
import java.util.Map;

/** Bounds the reads that wait at the same time, in all and of one caller. */
final class WaitPermits {

	/** So many reads as a page sends at the same time. */
	static final int MAX_OF_ONE_CALLER = 8;

	private final int max;

	private final Map<String, Integer> waiting = new HashMap<>();

	private int total;

	WaitPermits(int max) {
		this.max = max;
	}

	synchronized int acquired() {
		return this.total;
	}

	synchronized boolean tryAcquire(String caller) {
		if (this.total == this.max || this.waiting.getOrDefault(caller, 0) == MAX_OF_ONE_CALLER) {
			return false;
		}
		this.total++;
		this.waiting.merge(caller, 1, Integer::sum);
		return true;
	}

	/**
	 * Returns a permit.
	 * @param acquired whether there was one
	 */
	synchronized void release(String caller, boolean acquired) {
		if (acquired) {
			this.total--;
			this.waiting.computeIfPresent(caller, (any, reads) -> (reads > 1) ? reads - 1 : null);
		}
	}

}
