package dev.agora.platform.cache.envelope;

import java.util.HashMap;
import java.util.Map;

/**
 * Who loads what is missing.
 *
 * @param found has come since
 * @param leased the caller's to load: as it was seen
 * @param busy another is loading it: as it was seen
 */
public record LeaseResults(Map<String, Envelope> found, Map<String, Envelope> leased, Map<String, Envelope> busy) {

	LeaseResults() {
		this(new HashMap<>(), new HashMap<>(), new HashMap<>());
	}

	void add(String id, Envelope seen, byte[] answer) {
		if (answer.length == 1 && answer[0] == 'L') {
			this.leased.put(id, seen);
		}
		else if (answer.length == 1 && answer[0] == 'B') {
			this.busy.put(id, seen);
		}
		else {
			this.found.put(id, Envelope.parse(answer));
		}
	}

}
