package dev.agora.platform.cache;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import dev.agora.platform.cache.envelope.Envelope;

/**
 * Versions that Redis could not be told of. It may still hold what they replaced, so it
 * is told again once it answers; until then this process trusts no older entry.
 */
final class PendingInvalidations {

	/** Beyond it, what was missed ends with its soft life. */
	private static final int LIMIT = 20_000;

	private static final int BATCH = 500;

	private final Map<String, Long> versions = new ConcurrentHashMap<>();

	void add(String id, long version) {
		if (this.versions.size() < LIMIT || this.versions.containsKey(id)) {
			this.versions.merge(id, version, Math::max);
		}
	}

	int size() {
		return this.versions.size();
	}

	/** Whether an entry is older than what is known here. */
	boolean outdates(String id, Envelope entry) {
		if (this.versions.isEmpty()) {
			return false;
		}
		Long version = this.versions.get(id);
		return version != null && entry.version() < version;
	}

	Map<String, Long> some() {
		return this.versions.entrySet()
			.stream()
			.limit(BATCH)
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	void told(Map<String, Long> told) {
		told.forEach(this.versions::remove);
	}

}
