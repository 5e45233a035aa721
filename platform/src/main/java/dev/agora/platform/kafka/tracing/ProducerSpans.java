package dev.agora.platform.kafka.tracing;

import java.time.Instant;
import java.util.function.Consumer;

import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

import dev.agora.platform.document.OutboxEntry;
import dev.agora.platform.kafka.EventHeaders;
import dev.agora.platform.tracing.ActiveSpan;
import dev.agora.platform.tracing.Trace;
import dev.agora.platform.tracing.Tracing;

/**
 * Records when events of sampled traces are sent, and writes the trace context of the
 * send into their headers.
 */
public final class ProducerSpans {

	private final Tracing tracing;

	public ProducerSpans(Tracing tracing) {
		this.tracing = tracing;
	}

	/**
	 * Adds the trace context to the headers of an event from an outbox, and records its
	 * time in the outbox and its send. A send that fails is repeated, by this or another
	 * instance, so both spans are recorded once the broker has acknowledged the event.
	 * @param callback receives the failure of the send, or null on success
	 * @return the callback with the end of the spans
	 */
	public Consumer<@Nullable Exception> startStored(String topic, OutboxEntry entry, RecordHeaders headers,
			Consumer<@Nullable Exception> callback) {
		if (!this.tracing.isRecorded(entry.trace())) {
			EventHeaders.put(headers, Trace.PARENT, entry.trace());
			return callback;
		}
		ActiveSpan outbox = this.tracing.start(this.tracing.prepare(entry.trace(), "outbox " + topic, SpanKind.INTERNAL)
			.setStartTimestamp(entry.at())
			.setAttribute("messaging.destination.name", topic)
			.setAttribute("cloudevents.event_type", entry.type()));
		Instant sentAt = Instant.now();
		ActiveSpan send = outbox.start(describe(outbox.child("send " + topic, SpanKind.PRODUCER), topic, entry));
		EventHeaders.put(headers, Trace.PARENT, send.traceparent());
		return (failure) -> {
			if (failure == null) {
				outbox.end(sentAt.isAfter(entry.at()) ? sentAt : entry.at());
				send.end();
			}
			callback.accept(failure);
		};
	}

	/**
	 * Adds the trace context to the headers of an event that no outbox holds, and records
	 * its send.
	 */
	public Consumer<@Nullable Exception> start(String topic, OutboxEntry entry, RecordHeaders headers,
			Consumer<@Nullable Exception> callback) {
		if (!this.tracing.isRecorded(entry.trace())) {
			EventHeaders.put(headers, Trace.PARENT, entry.trace());
			return callback;
		}
		ActiveSpan send = this.tracing
			.start(describe(this.tracing.prepare(entry.trace(), "send " + topic, SpanKind.PRODUCER), topic, entry));
		EventHeaders.put(headers, Trace.PARENT, send.traceparent());
		return (failure) -> {
			if (failure != null) {
				send.fail(failure);
			}
			send.end();
			callback.accept(failure);
		};
	}

	private static SpanBuilder describe(SpanBuilder send, String topic, OutboxEntry entry) {
		return send.setAttribute("messaging.system", "kafka")
			.setAttribute("messaging.destination.name", topic)
			.setAttribute("messaging.operation.name", "send")
			.setAttribute("messaging.operation.type", "send")
			.setAttribute("cloudevents.event_type", entry.type());
	}

}
