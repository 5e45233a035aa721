package dev.agora.platform.tracing;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import dev.agora.platform.log.LogThrottle;

/**
 * Passes ended spans to the exporter in batches, on a thread of its own, so that no
 * request waits for the receiver. If the receiver is slow or unavailable, the queue fills
 * and further spans are dropped; {@code tracing.spans} counts the exported, failed and
 * dropped ones.
 */
final class SpanQueue implements SpanProcessor {

	private static final Logger log = LoggerFactory.getLogger(SpanQueue.class);

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private static final Duration EXPORT_TIMEOUT = Duration.ofSeconds(10);

	private static final int MAX_BATCH = 512;

	private final int capacity;

	private final AtomicInteger queued = new AtomicInteger();

	private final Counter dropped;

	private final SpanProcessor batches;

	SpanQueue(SpanExporter exporter, int capacity, MeterRegistry meters) {
		this.capacity = capacity;
		this.dropped = counter("dropped", meters);
		this.batches = BatchSpanProcessor.builder(new CountedExporter(exporter, this.queued, meters))
			.setMaxQueueSize(Math.max(capacity, MAX_BATCH))
			.setMaxExportBatchSize(MAX_BATCH)
			.setScheduleDelay(INTERVAL)
			.setExporterTimeout(EXPORT_TIMEOUT)
			.build();
	}

	@Override
	public void onStart(Context parent, ReadWriteSpan span) {
		// Only ended spans are exported.
	}

	@Override
	public boolean isStartRequired() {
		return false;
	}

	@Override
	public void onEnd(ReadableSpan span) {
		if (this.queued.incrementAndGet() > this.capacity) {
			this.queued.decrementAndGet();
			this.dropped.increment();
			return;
		}
		this.batches.onEnd(span);
	}

	@Override
	public boolean isEndRequired() {
		return true;
	}

	@Override
	public CompletableResultCode forceFlush() {
		return this.batches.forceFlush();
	}

	@Override
	public CompletableResultCode shutdown() {
		return this.batches.shutdown();
	}

	private static Counter counter(String outcome, MeterRegistry meters) {
		return Counter.builder("tracing.spans")
			.description("The recorded spans by the outcome of their export")
			.tag("outcome", outcome)
			.register(meters);
	}

	/** Counts the outcomes of an exporter, and logs its failures. */
	private static final class CountedExporter implements SpanExporter {

		private final LogThrottle throttle = new LogThrottle(Duration.ofMinutes(1));

		private final SpanExporter exporter;

		private final AtomicInteger queued;

		private final Counter exported;

		private final Counter failed;

		CountedExporter(SpanExporter exporter, AtomicInteger queued, MeterRegistry meters) {
			this.exporter = exporter;
			this.queued = queued;
			this.exported = counter("exported", meters);
			this.failed = counter("failed", meters);
		}

		@Override
		public CompletableResultCode export(Collection<SpanData> spans) {
			int count = spans.size();
			this.queued.addAndGet(-count);
			CompletableResultCode result = this.exporter.export(spans);
			return result.whenComplete(() -> complete(result.isSuccess(), count));
		}

		private void complete(boolean successful, int count) {
			(successful ? this.exported : this.failed).increment(count);
			if (!successful) {
				this.throttle.log("export",
						(suppressed) -> log.warn(
								"Spans cannot be exported to the address in tracing.endpoint ({} more failures)",
								suppressed));
			}
		}

		@Override
		public CompletableResultCode flush() {
			return this.exporter.flush();
		}

		@Override
		public CompletableResultCode shutdown() {
			return this.exporter.shutdown();
		}

	}

}
