package dev.agora.console.trace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The last traces. When the memory is full, the oldest trace of the most frequent
 * operation is dropped, so that many reads do not displace the few writes.
 */
public final class Traces {

	static final int MAX_TRACES = 400;

	static final int MAX_SPANS = 6_000;

	private final Map<String, Trace> traces = new LinkedHashMap<>();

	/** The traces of each operation by their number, that is, the oldest first. */
	private final Map<String, Operation> operations = new HashMap<>();

	private int spans;

	private long next;

	/** Adds a step to its trace. */
	synchronized void add(String id, Span span) {
		Trace trace = this.traces.get(id);
		if (trace == null) {
			trace = new Trace(id, this.next++, span);
			this.traces.put(id, trace);
		}
		else {
			// The step may be the first one, which names the operation.
			forget(trace);
			trace.add(span);
		}
		remember(trace);
		while (this.traces.size() > MAX_TRACES || this.spans > MAX_SPANS) {
			dropOldestOf(mostFrequentOperation());
		}
	}

	private void remember(Trace trace) {
		this.operations.computeIfAbsent(trace.operation(), (name) -> new Operation()).add(trace);
		this.spans += trace.size();
	}

	private void forget(Trace trace) {
		this.spans -= trace.size();
		this.operations.computeIfPresent(trace.operation(),
				(name, operation) -> operation.remove(trace) ? null : operation);
	}

	private Operation mostFrequentOperation() {
		return Collections.max(this.operations.values(), Comparator.comparingInt(Operation::spans));
	}

	private void dropOldestOf(Operation operation) {
		Trace oldest = operation.oldest();
		forget(oldest);
		this.traces.remove(oldest.id());
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

	/** The traces that begin with the same step. */
	private static final class Operation {

		private final NavigableMap<Long, Trace> traces = new TreeMap<>();

		private int spans;

		void add(Trace trace) {
			this.traces.put(trace.number(), trace);
			this.spans += trace.size();
		}

		/** Removes a trace; returns whether it was the last one. */
		boolean remove(Trace trace) {
			this.traces.remove(trace.number());
			this.spans -= trace.size();
			return this.traces.isEmpty();
		}

		Trace oldest() {
			return this.traces.values().iterator().next();
		}

		int spans() {
			return this.spans;
		}

	}

}
