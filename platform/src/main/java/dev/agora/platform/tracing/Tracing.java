package dev.agora.platform.tracing;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import org.jspecify.annotations.Nullable;

/**
 * Records the spans of this process and exports them. Whether a trace is sampled is
 * decided once, at the gateway, and stands in its trace context: the spans of other
 * traces are never created.
 */
public final class Tracing implements AutoCloseable {

	/** The exporter logs each failure with a stack trace; {@link SpanQueue} logs them. */
	private static final Logger exporterLog = Logger.getLogger("io.opentelemetry");

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private static final int CLOSE_SECONDS = 2;

	private final SpanIds ids;

	private final SdkTracerProvider provider;

	private final Tracer tracer;

	private final boolean enabled;

	private Tracing(SpanIds ids, SdkTracerProvider provider, boolean enabled) {
		this.ids = ids;
		this.provider = provider;
		this.tracer = provider.get("dev.agora");
		this.enabled = enabled;
	}

	/** Records nothing. */
	public static Tracing disabled() {
		return new Tracing(new SpanIds(), SdkTracerProvider.builder().setSampler(Sampler.alwaysOff()).build(), false);
	}

	/**
	 * Exports to the address in the settings, or records nothing if there is none.
	 * @param process describes this process, which all its spans carry
	 */
	public static Tracing of(TracingSettings settings, Resource process, MeterRegistry meters) {
		String address = settings.address();
		if (address == null) {
			return disabled();
		}
		exporterLog.setLevel(Level.OFF);
		SpanExporter exporter = OtlpHttpSpanExporter.builder()
			.setEndpoint(address)
			.setConnectTimeout(CONNECT_TIMEOUT)
			.setTimeout(TIMEOUT)
			.setRetryPolicy(null)
			.build();
		return of(exporter, settings.queueSize(), process, meters);
	}

	/** Exports with an exporter. */
	public static Tracing of(SpanExporter exporter, int queueSize, Resource process, MeterRegistry meters) {
		SpanIds ids = new SpanIds();
		SdkTracerProvider provider = SdkTracerProvider.builder()
			.setIdGenerator(ids)
			.setSampler(Sampler.alwaysOn())
			.setResource(Resource.getDefault().merge(process))
			.addSpanProcessor(new SpanQueue(exporter, queueSize, meters))
			.build();
		return new Tracing(ids, provider, true);
	}

	/** Whether spans can be recorded at all. */
	public boolean isEnabled() {
		return this.enabled;
	}

	/** Whether the spans of a trace are recorded. */
	public boolean isRecorded(String trace) {
		return this.enabled && Trace.isSampled(trace);
	}

	/**
	 * Prepares a span.
	 * @param parent the trace context with its parent, whether or not it is sampled; null
	 * for the first span of a trace
	 */
	public SpanBuilder prepare(@Nullable String parent, String name, SpanKind kind) {
		SpanBuilder builder = this.tracer.spanBuilder(name).setSpanKind(kind);
		return (parent != null) ? builder.setParent(Context.root().with(Span.wrap(remote(parent))))
				: builder.setNoParent();
	}

	/** Starts a span that was prepared. */
	public ActiveSpan start(SpanBuilder prepared) {
		return new ActiveSpan(this.tracer, prepared.startSpan());
	}

	/** Starts the first span of a trace, under the ids of the trace context. */
	public ActiveSpan startFirst(String trace, SpanBuilder prepared) {
		return this.ids.with(trace, () -> start(prepared));
	}

	private static SpanContext remote(String parent) {
		return SpanContext.createFromRemoteParent(Trace.idOf(parent), Trace.spanIdOf(parent), TraceFlags.getSampled(),
				TraceState.getDefault());
	}

	/** Exports the spans that wait, for a short time. */
	@Override
	public void close() {
		this.provider.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
	}

}
