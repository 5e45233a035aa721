package dev.agora.platform.tracing;

import java.util.function.Supplier;

import io.opentelemetry.sdk.trace.IdGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Creates the ids of spans. The first span of a trace gets the ids of the trace context,
 * which exists before the span and also without it.
 */
final class SpanIds implements IdGenerator {

	private static final IdGenerator random = IdGenerator.random();

	private static final ThreadLocal<@Nullable String> given = new ThreadLocal<>();

	/** Calls a supplier that starts a span with the ids of a trace context. */
	<T> T with(String trace, Supplier<T> start) {
		given.set(trace);
		try {
			return start.get();
		}
		finally {
			given.remove();
		}
	}

	@Override
	public String generateSpanId() {
		String trace = given.get();
		return (trace != null) ? Trace.spanIdOf(trace) : random.generateSpanId();
	}

	@Override
	public String generateTraceId() {
		String trace = given.get();
		return (trace != null) ? Trace.idOf(trace) : random.generateTraceId();
	}

}
