package dev.agora.console.trace;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The steps of one trace. Steps that arrive later join the others. */
final class Trace {

	static final int MAX_SPANS = 300;

	private final String id;

	private final List<Span> spans = new ArrayList<>();

	private int dropped;

	Trace(String id) {
		this.id = id;
	}

	/** Adds a step; returns whether it is kept. */
	boolean add(Span span) {
		if (this.spans.size() >= MAX_SPANS) {
			this.dropped++;
			return false;
		}
		// An exporter may send a batch again whose response it has missed.
		return this.spans.stream().noneMatch((known) -> known.id().equals(span.id())) && this.spans.add(span);
	}

	String id() {
		return this.id;
	}

	int size() {
		return this.spans.size();
	}

	/** Traces of the same operation compete for the memory. */
	String operation() {
		return first().name();
	}

	private Span first() {
		return this.spans.stream()
			.min(Comparator.comparing((Span span) -> !span.parent().isEmpty()).thenComparing(Span::start))
			.orElseThrow();
	}

	boolean matches(String query) {
		return query.isEmpty() || this.id.startsWith(query)
				|| this.spans.stream().anyMatch((span) -> span.hasValue(query) || span.name().contains(query));
	}

	Summary summary() {
		Span first = first();
		long start = this.spans.stream().mapToLong(Span::start).min().orElse(0);
		long end = this.spans.stream().mapToLong(Span::end).max().orElse(0);
		return new Summary(this.id, first.name(), first.service(), start, end - start, this.spans.size(), this.dropped,
				this.spans.stream().filter(Span::failed).count());
	}

	Details details() {
		return new Details(summary(), this.spans.stream().sorted(Comparator.comparingLong(Span::start)).toList());
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
