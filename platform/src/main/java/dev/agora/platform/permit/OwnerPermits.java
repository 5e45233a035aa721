package dev.agora.platform.permit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds what each owner, a member or an anonymous client, has open at the same time. An
 * owner who has nothing open takes no memory.
 */
public final class OwnerPermits {

	private final int max;

	private final Map<String, Integer> open = new ConcurrentHashMap<>();

	/**
	 * Creates permits.
	 * @param max the maximum number of one owner
	 */
	public OwnerPermits(int max) {
		this.max = max;
	}

	/** Returns the maximum number of one owner. */
	public int max() {
		return this.max;
	}

	/** Returns the number of all owners together. */
	public int acquired() {
		return this.open.values().stream().mapToInt(Integer::intValue).sum();
	}

	/**
	 * Takes a permit of an owner, to be released later.
	 * @return false if the owner has as many as allowed
	 */
	public boolean tryAcquire(String owner) {
		if (this.open.merge(owner, 1, Integer::sum) > this.max) {
			release(owner);
			return false;
		}
		return true;
	}

	/** Returns a permit that was taken. */
	public void release(String owner) {
		this.open.computeIfPresent(owner, (same, permits) -> (permits > 1) ? permits - 1 : null);
	}

}
