package dev.agora.console.trace;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Status;

/** Spans as the services send them. */
public final class TestSpans {

	/** The id of the trace. */
	public static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

	private TestSpans() {
	}

	/** A request with one span of feed-service, which has failed. */
	public static byte[] request(String name, String key, String value) {
		return request(name, key, value, 5_000_000);
	}

	/** A request with one span that starts at a time in nanoseconds. */
	static byte[] request(String name, String key, String value, long start) {
		io.opentelemetry.proto.trace.v1.Span span = io.opentelemetry.proto.trace.v1.Span.newBuilder()
			.setTraceId(ByteString.fromHex(TRACE))
			.setSpanId(ByteString.fromHex("b7ad6b7169203331"))
			.setName(name)
			.setKind(io.opentelemetry.proto.trace.v1.Span.SpanKind.SPAN_KIND_SERVER)
			.setStartTimeUnixNano(start)
			.setEndTimeUnixNano(9_000_000)
			.setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR))
			.addAttributes(attribute(key, value))
			.build();
		return ExportTraceServiceRequest.newBuilder()
			.addResourceSpans(ResourceSpans.newBuilder()
				.setResource(Resource.newBuilder().addAttributes(attribute("service.name", "feed-service")))
				.addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
			.build()
			.toByteArray();
	}

	private static KeyValue attribute(String key, String value) {
		return KeyValue.newBuilder().setKey(key).setValue(AnyValue.newBuilder().setStringValue(value)).build();
	}

}
