package dev.agora.platform.cache;

import java.util.HashMap;
import java.util.Map;

import dev.agora.platform.cache.envelope.CacheLookup;
import dev.agora.platform.cache.envelope.Envelope;

/**
 * Readings of several objects, sorted by what is to be done about them.
 *
 * @param values the answers there are
 * @param stale entries to be refreshed
 * @param missing what was seen where there is no answer
 */
record PartitionedLookups<T>(Map<String, T> values, Map<String, Envelope> stale, Map<String, Envelope> missing) {

	PartitionedLookups() {
		this(new HashMap<>(), new HashMap<>(), new HashMap<>());
	}

	void add(String id, Envelope envelope, CacheLookup<T> reading) {
		switch (reading.outcome()) {
			case STALE -> this.stale.put(id, envelope);
			case MISS, BYPASS, UNREADABLE -> this.missing.put(id, envelope);
			case HIT, ABSENT -> {
			}
		}
		if (reading.value() != null) {
			this.values.put(id, reading.value());
		}
	}

}
