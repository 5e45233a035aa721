package dev.agora.platform.cache;

import java.util.HashMap;
import java.util.Map;

import dev.agora.platform.cache.envelope.CacheLookup;
import dev.agora.platform.cache.envelope.Envelope;

/**
 * Lookups of several objects, partitioned by the next step of the cache.
 *
 * @param values the objects that were found
 * @param stale the entries to be refreshed
 * @param missing the entry that was seen under each id without an object
 */
record PartitionedLookups<T>(Map<String, T> values, Map<String, Envelope> stale, Map<String, Envelope> missing) {

	PartitionedLookups() {
		this(new HashMap<>(), new HashMap<>(), new HashMap<>());
	}

	void add(String id, Envelope envelope, CacheLookup<T> lookup) {
		switch (lookup.outcome()) {
			case STALE -> this.stale.put(id, envelope);
			case MISS, BYPASS, UNREADABLE -> this.missing.put(id, envelope);
			case HIT, ABSENT -> {
			}
		}
		if (lookup.value() != null) {
			this.values.put(id, lookup.value());
		}
	}

}
