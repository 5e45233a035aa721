package dev.agora.platform.cache.envelope;

import java.util.HashMap;
import java.util.Map;

/**
 * The results of trying to acquire leases. Each id is in one of the three maps.
 *
 * @param found entries that have been stored since the caller looked
 * @param leased the entries that the caller is to load, as it saw them
 * @param busy the entries that another reader loads, as the caller saw them
 */
public record LeaseResults(Map<String, Envelope> found, Map<String, Envelope> leased, Map<String, Envelope> busy) {

	LeaseResults() {
		this(new HashMap<>(), new HashMap<>(), new HashMap<>());
	}

	void add(String id, Envelope seen, byte[] result) {
		if (result.length == 1 && result[0] == 'L') {
			this.leased.put(id, seen);
		}
		else if (result.length == 1 && result[0] == 'B') {
			this.busy.put(id, seen);
		}
		else {
			this.found.put(id, Envelope.parse(result));
		}
	}

}
