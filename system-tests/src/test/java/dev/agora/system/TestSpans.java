package dev.agora.system;

import java.util.List;

import dev.agora.platform.testing.SpanReceiver;
import dev.agora.platform.testing.SpanReceiver.ReceivedSpan;

/** Receives the spans of all processes of the test system. */
final class TestSpans {

	private static final SpanReceiver receiver = new SpanReceiver();

	private TestSpans() {
	}

	/** The address to which the processes send their spans. */
	static String endpoint() {
		return receiver.endpoint();
	}

	/** Lists the spans of a trace that have arrived. */
	static List<ReceivedSpan> of(String traceId) {
		return receiver.of(traceId);
	}

}
