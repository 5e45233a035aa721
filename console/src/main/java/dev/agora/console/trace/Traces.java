package dev.agora.console.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The last traces. When the memory is full, the oldest trace of the most frequent
 * operation is dropped, so that many reads do not displace the few writes.
 */
public final class Traces {

	static final int MAX_TRACES = 400;

	static final int MAX_SPANS = 6_000;

	private final Map<String, Trace> traces = new LinkedHashMap<>();

	private int spans;

	/** Adds a step to its trace. */
	synchronized void add(String trace, Span span) {
		if (this.traces.computeIfAbsent(trace, Trace::new).add(span)) {
			this.spans++;
		}
		while (this.traces.size() > MAX_TRACES || this.spans > MAX_SPANS) {
			dropOldestOf(mostFrequentOperation());
		}
	}

	private String mostFrequentOperation() {
		Map<String, Integer> sizes = new HashMap<>();
		this.traces.values().forEach((trace) -> sizes.merge(trace.operation(), trace.size(), Integer::sum));
		return Collections.max(sizes.entrySet(), Map.Entry.comparingByValue()).getKey();
	}

	private void dropOldestOf(String operation) {
		Iterator<Trace> oldestFirst = this.traces.values().iterator();
		while (oldestFirst.hasNext()) {
			Trace trace = oldestFirst.next();
			if (trace.operation().equals(operation)) {
				this.spans -= trace.size();
				oldestFirst.remove();
				return;
			}
		}
	}

	/**
	 * Finds the newest traces that match a query: an id, the value of an attribute, or a
	 * part of a name.
	 */
	synchronized List<Trace.Summary> find(String query, int limit) {
		List<Trace> newestFirst = new ArrayList<>(this.traces.values());
		Collections.reverse(newestFirst);
		return newestFirst.stream().filter((trace) -> trace.matches(query)).limit(limit).map(Trace::summary).toList();
	}

	synchronized Optional<Trace.Details> find(String id) {
		return Optional.ofNullable(this.traces.get(id)).map(Trace::details);
	}

}
