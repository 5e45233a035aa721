package dev.agora.platform.kafka.tracing;

import java.util.ArrayList;
import java.util.List;

import io.opentelemetry.api.trace.SpanKind;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

import dev.agora.platform.kafka.tail.TailListener;
import dev.agora.platform.tracing.ActiveSpan;
import dev.agora.platform.tracing.Tracing;

/**
 * Records when a listener without a consumer group has received the events of sampled
 * traces: each instance receives each of them. Those from before its start are received
 * again at each start, and are not recorded.
 */
public final class TracedTail implements TailListener {

	private final TailListener listener;

	private final Tracing tracing;

	/** Only the thread of the tail uses it. */
	private boolean caughtUp;

	public TracedTail(TailListener listener, Tracing tracing) {
		this.listener = listener;
		this.tracing = tracing;
	}

	@Override
	public void onAssigned(TopicPartition partition, long first) {
		this.listener.onAssigned(partition, first);
	}

	@Override
	public void onRecords(List<ConsumerRecord<String, byte[]>> records) {
		List<ActiveSpan> spans = new ArrayList<>();
		for (ConsumerRecord<String, byte[]> event : records) {
			String trace = ConsumerSpans.traceOf(event);
			if (this.caughtUp && this.tracing.isRecorded(trace)) {
				spans.add(this.tracing.start(ConsumerSpans.describe(
						this.tracing.prepare(trace, "receive " + event.topic(), SpanKind.CONSUMER), event, "receive")));
			}
		}
		try {
			this.listener.onRecords(records);
		}
		finally {
			spans.forEach(ActiveSpan::end);
		}
	}

	@Override
	public void onCaughtUp() {
		this.caughtUp = true;
		this.listener.onCaughtUp();
	}

}
