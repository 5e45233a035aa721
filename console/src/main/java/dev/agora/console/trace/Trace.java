package dev.agora.console.trace;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The steps of one trace. Steps that arrive later join the others. */
final class Trace {

	static final int MAX_SPANS = 300;

	/** A step without a parent is the first one, even if its clock is ahead. */
	private static final Comparator<Span> ORDER = Comparator.comparing((Span span) -> !span.parent().isEmpty())
		.thenComparing(Span::start);

	private final String id;

	private final long number;

	private final Map<String, Span> spans = new LinkedHashMap<>();

	private Span first;

	private int dropped;

	/**
	 * Begins a trace.
	 * @param number is higher than those of older traces
	 */
	Trace(String id, long number, Span span) {
		this.id = id;
		this.number = number;
		this.first = span;
		this.spans.put(span.id(), span);
	}

	/** Adds a step; returns whether it is kept. */
	boolean add(Span span) {
		if (this.spans.size() >= MAX_SPANS) {
			this.dropped++;
			return false;
		}
		// An exporter may send a batch again whose response it has missed.
		if (this.spans.putIfAbsent(span.id(), span) != null) {
			return false;
		}
		if (ORDER.compare(span, this.first) < 0) {
			this.first = span;
		}
		return true;
	}

	String id() {
		return this.id;
	}

	long number() {
		return this.number;
	}

	int size() {
		return this.spans.size();
	}

	/** Traces of the same operation compete for the memory. */
	String operation() {
		return this.first.name();
	}

	boolean matches(String query) {
		return query.isEmpty() || this.id.startsWith(query)
				|| this.spans.values().stream().anyMatch((span) -> span.hasValue(query) || span.name().contains(query));
	}

	Summary summary() {
		long start = this.spans.values().stream().mapToLong(Span::start).min().orElse(0);
		long end = this.spans.values().stream().mapToLong(Span::end).max().orElse(0);
		return new Summary(this.id, this.first.name(), this.first.service(), start, end - start, this.spans.size(),
				this.dropped, this.spans.values().stream().filter(Span::failed).count());
	}

	Details details() {
		return new Details(summary(),
				this.spans.values().stream().sorted(Comparator.comparingLong(Span::start)).toList());
	}

	/**
	 * A line of the list of traces.
	 *
	 * @param id the id of the trace
	 * @param name the first step
	 * @param service the service of the first step
	 * @param start the start in microseconds since 1970
	 * @param duration the time until the end of the last step, in microseconds
	 * @param spans the number of steps
	 * @param dropped the number of steps that were not kept
	 * @param failures the number of steps that have failed
	 */
	record Summary(String id, String name, String service, long start, long duration, int spans, int dropped,
			long failures) {
	}

	/**
	 * A trace with its steps.
	 *
	 * @param summary the line of the list
	 * @param spans the steps in the order of their start
	 */
	record Details(Summary summary, List<Span> spans) {
	}

}
