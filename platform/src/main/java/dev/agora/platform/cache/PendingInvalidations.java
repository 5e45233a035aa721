package dev.agora.platform.cache;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import dev.agora.platform.cache.envelope.Envelope;

/**
 * Keeps the versions that could not be written to Redis. Redis may still hold the entries
 * that they replaced. The cache invalidates those entries once Redis is available; until
 * then this process ignores them.
 */
public final class PendingInvalidations {

	/** Beyond this limit, an outdated entry stays until it is refreshed. */
	private static final int LIMIT = 20_000;

	private static final int BATCH = 500;

	private final Map<String, Long> versions = new ConcurrentHashMap<>();

	/** Adds a version that is in the system of record and not in Redis. */
	public void add(String id, long version) {
		if (this.versions.size() < LIMIT || this.versions.containsKey(id)) {
			this.versions.merge(id, version, Math::max);
		}
	}

	/** Returns the number of objects whose version is not in Redis. */
	public int size() {
		return this.versions.size();
	}

	/** Whether an entry is older than a version that could not be written to Redis. */
	boolean outdates(String id, Envelope entry) {
		if (this.versions.isEmpty()) {
			return false;
		}
		Long version = this.versions.get(id);
		return version != null && entry.version() < version;
	}

	/** Whether a version of an object could not be written to Redis. */
	public boolean contains(String id) {
		return !this.versions.isEmpty() && this.versions.containsKey(id);
	}

	/** Returns some of the versions, by id, to be written to Redis now. */
	public Map<String, Long> nextBatch() {
		return this.versions.entrySet()
			.stream()
			.limit(BATCH)
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	/** Removes versions that are in Redis now, unless newer ones were added. */
	public void acknowledge(Map<String, Long> stored) {
		stored.forEach(this.versions::remove);
	}

}
