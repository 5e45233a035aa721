package dev.agora.platform.testing;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;

import dev.agora.platform.tracing.Tracing;

/** Keeps the spans that a test records. */
public final class TestTracing implements SpanExporter {

	/** A trace context whose trace is sampled. */
	public static final String SAMPLED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

	/** A trace context whose trace is not sampled. */
	public static final String UNSAMPLED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

	private final List<SpanData> spans = new CopyOnWriteArrayList<>();

	private final Tracing tracing = Tracing.of(this, 1000, Resource.empty(), new SimpleMeterRegistry());

	public Tracing tracing() {
		return this.tracing;
	}

	/** Ends the recording, and returns the spans in the order of their ends. */
	public List<SpanData> end() {
		this.tracing.close();
		return List.copyOf(this.spans);
	}

	/** Ends the recording, and returns the only span. */
	public SpanData only() {
		List<SpanData> all = end();
		if (all.size() != 1) {
			throw new AssertionError("expected one span: " + all.stream().map(SpanData::getName).toList());
		}
		return all.get(0);
	}

	@Override
	public CompletableResultCode export(Collection<SpanData> exported) {
		this.spans.addAll(exported);
		return CompletableResultCode.ofSuccess();
	}

	@Override
	public CompletableResultCode flush() {
		return CompletableResultCode.ofSuccess();
	}

	@Override
	public CompletableResultCode shutdown() {
		return CompletableResultCode.ofSuccess();
	}

}
