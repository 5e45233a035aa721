package dev.agora.platform.tracing;

import java.time.Instant;
import java.util.function.Function;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * A span of a sampled trace that has not ended. The Reactor context carries it, so that
 * each operation can add a child; the context of an unsampled request has none.
 */
public final class ActiveSpan {

	private final Tracer tracer;

	private final Span span;

	private final String parent;

	ActiveSpan(Tracer tracer, Span span) {
		this.tracer = tracer;
		this.span = span;
		this.parent = "00-" + span.getSpanContext().getTraceId() + "-" + span.getSpanContext().getSpanId() + "-01";
	}

	/** Returns the span of a Reactor context, or null if its trace is not sampled. */
	public static @Nullable ActiveSpan of(ContextView context) {
		return context.getOrDefault(ActiveSpan.class, null);
	}

	/**
	 * Executes an operation within a child of the current span. If the trace is not
	 * sampled, only executes the operation.
	 * @param child prepares the child; receives its parent
	 */
	public static <T> Mono<T> around(Function<ActiveSpan, SpanBuilder> child, Mono<T> operation) {
		return Mono.deferContextual((context) -> {
			ActiveSpan current = of(context);
			return (current != null) ? current.start(child.apply(current)).during(operation) : operation;
		});
	}

	/** Prepares a child of this span. */
	public SpanBuilder child(String name, SpanKind kind) {
		return this.tracer.spanBuilder(name)
			.setSpanKind(kind)
			.setParent(io.opentelemetry.context.Context.root().with(this.span));
	}

	/** Starts a span that was prepared. */
	public ActiveSpan start(SpanBuilder prepared) {
		return new ActiveSpan(this.tracer, prepared.startSpan());
	}

	/**
	 * Executes an operation within this span, which ends before the result is passed on.
	 */
	public <T> Mono<T> during(Mono<T> operation) {
		return operation.contextWrite(this::putInto)
			.doOnError(this::fail)
			.doOnTerminate(this::end)
			.doOnCancel(this::end);
	}

	/** Puts this span and its trace context into a Reactor context. */
	public Context putInto(Context context) {
		return context.put(Trace.PARENT, this.parent).put(ActiveSpan.class, this);
	}

	/** Returns the trace context that names this span as the parent. */
	public String traceparent() {
		return this.parent;
	}

	public Span span() {
		return this.span;
	}

	/**
	 * Marks this span as failed. Only the type of the failure is recorded, since its
	 * message may contain what a client sent.
	 */
	public void fail(Throwable failure) {
		this.span.setStatus(StatusCode.ERROR).setAttribute("error.type", failure.getClass().getName());
	}

	/** Ends this span at a time. */
	public void end(Instant at) {
		this.span.end(at);
	}

	/** Ends this span. Has no effect on a span that has ended. */
	public void end() {
		this.span.end();
	}

}
