package dev.agora.platform.kafka.tracing;

import java.time.Instant;
import java.util.List;

import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import dev.agora.platform.kafka.EventHeaders;
import dev.agora.platform.tracing.ActiveSpan;
import dev.agora.platform.tracing.Trace;
import dev.agora.platform.tracing.Tracing;
import dev.agora.platform.tracing.log.TracePropagation;

/**
 * Handles events within their traces: log lines carry the trace id, and sampled traces
 * get a span for each event and consumer group. A batch that is delivered again is
 * handled again, which is another span.
 */
public final class ConsumerSpans {

	private final Tracing tracing;

	public ConsumerSpans(Tracing tracing) {
		this.tracing = tracing;
	}

	/** Returns the trace context of an event, or a new one if it has no valid one. */
	public static String traceOf(ConsumerRecord<?, ?> event) {
		return Trace.continueOrStart(EventHeaders.get(event.headers(), Trace.PARENT));
	}

	/** Records the handling of an event, in the span of the event. */
	public <T> Mono<T> during(ConsumerRecord<?, ?> event, String group, Mono<T> handling) {
		return Mono.deferContextual((context) -> {
			String trace = context.get(Trace.PARENT);
			return this.tracing.isRecorded(trace) ? this.tracing.start(prepare(trace, event, group)).during(handling)
					: handling;
		});
	}

	/** Handles an event within its trace. */
	public <T> Mono<T> within(ConsumerRecord<?, ?> event, Mono<T> handling) {
		String trace = traceOf(event);
		return TracePropagation.within(trace, handling.contextWrite((context) -> context.put(Trace.PARENT, trace)));
	}

	/**
	 * Records the handling of a batch as a span in the trace of each event. The work that
	 * the events share is recorded in the trace of the first sampled one, to which the
	 * spans of the others have a link.
	 */
	public <T> Mono<T> duringBatch(List<? extends ConsumerRecord<?, ?>> batch, String group, Mono<T> handling) {
		return Mono.defer(() -> {
			List<? extends ConsumerRecord<?, ?>> sampled = batch.stream()
				.filter((event) -> this.tracing.isRecorded(traceOf(event)))
				.toList();
			return sampled.isEmpty() ? within(batch.get(0), handling)
					: within(sampled.get(0), duringSampled(sampled, group, handling));
		});
	}

	/**
	 * Continues the trace of one event of a batch, for work that is not shared. The span
	 * of the batch is the parent if it belongs to this trace.
	 * @param trace the trace context of the event
	 */
	public static <T> Mono<T> continueTrace(String trace, Mono<T> work) {
		return TracePropagation.within(trace, work.contextWrite((context) -> isOf(trace, context) ? context
				: context.put(Trace.PARENT, trace).delete(ActiveSpan.class)));
	}

	private static boolean isOf(String trace, ContextView context) {
		return Trace.idOf(trace).equals(Trace.idOf(Trace.of(context)));
	}

	private <T> Mono<T> duringSampled(List<? extends ConsumerRecord<?, ?>> events, String group, Mono<T> handling) {
		ActiveSpan first = startBatch(events.get(0), group, events.size(), null);
		Mono<T> handled = first.during(handling);
		for (ConsumerRecord<?, ?> event : events.subList(1, events.size())) {
			ActiveSpan span = startBatch(event, group, events.size(), first);
			handled = handled.doOnError(span::fail).doOnTerminate(span::end).doOnCancel(span::end);
		}
		return handled;
	}

	private ActiveSpan startBatch(ConsumerRecord<?, ?> event, String group, int count, @Nullable ActiveSpan first) {
		SpanBuilder builder = prepare(traceOf(event), event, group).setAttribute("messaging.batch.message_count",
				count);
		if (first != null) {
			builder.addLink(first.span().getSpanContext());
		}
		return this.tracing.start(builder);
	}

	/**
	 * Records that an event of an unsampled trace became a dead letter.
	 * @param startedAt when the handling started, in milliseconds since the epoch
	 */
	public void recordFailure(ConsumerRecord<?, ?> event, String group, long startedAt, Throwable failure) {
		String trace = traceOf(event);
		if (this.tracing.isEnabled() && !Trace.isSampled(trace)) {
			ActiveSpan span = this.tracing
				.start(prepare(trace, event, group).setStartTimestamp(Instant.ofEpochMilli(startedAt)));
			span.fail(failure);
			span.end();
		}
	}

	private SpanBuilder prepare(String trace, ConsumerRecord<?, ?> event, String group) {
		return describe(this.tracing.prepare(trace, "process " + event.topic(), SpanKind.CONSUMER), event, "process")
			.setAttribute("messaging.consumer.group.name", group);
	}

	/** Adds what identifies an event, and nothing of its content. */
	static SpanBuilder describe(SpanBuilder span, ConsumerRecord<?, ?> event, String operation) {
		SpanBuilder builder = span.setAttribute("messaging.system", "kafka")
			.setAttribute("messaging.destination.name", event.topic())
			.setAttribute("messaging.operation.name", operation)
			.setAttribute("messaging.operation.type", operation)
			.setAttribute("messaging.destination.partition.id", String.valueOf(event.partition()))
			.setAttribute("messaging.kafka.offset", event.offset());
		@Nullable String type = EventHeaders.get(event.headers(), EventHeaders.TYPE);
		return (type != null) ? builder.setAttribute("cloudevents.event_type", type) : builder;
	}

}
