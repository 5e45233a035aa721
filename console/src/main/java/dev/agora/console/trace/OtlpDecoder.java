package dev.agora.console.trace;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.zip.GZIPInputStream;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Status;

/** Decodes the spans of an OTLP request, with bounds on all texts. */
final class OtlpDecoder {

	/** A compressed body may be small and its content large. */
	static final int MAX_DECODED = 8 << 20;

	private static final int MAX_ATTRIBUTES = 32;

	private static final int MAX_TEXT = 200;

	private static final int TRACE_ID_BYTES = 16;

	private static final long NANOS_PER_MICRO = 1000;

	private final BiConsumer<String, Span> spans;

	/** Creates a decoder that passes each span on, with the id of its trace. */
	OtlpDecoder(BiConsumer<String, Span> spans) {
		this.spans = spans;
	}

	/** Throws an IOException if the body is no request, or is too large. */
	void decode(byte[] body, boolean compressed) throws IOException {
		byte[] plain = compressed ? unpack(body) : body;
		ExportTraceServiceRequest.parseFrom(plain).getResourceSpansList().forEach(this::addAll);
	}

	private static byte[] unpack(byte[] body) throws IOException {
		try (InputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(body))) {
			byte[] plain = unpacked.readNBytes(MAX_DECODED + 1);
			if (plain.length > MAX_DECODED) {
				throw new IOException("The unpacked body is larger than " + MAX_DECODED + " bytes.");
			}
			return plain;
		}
	}

	private void addAll(ResourceSpans resource) {
		Map<String, String> attributes = attributes(resource.getResource().getAttributesList());
		for (ScopeSpans scope : resource.getScopeSpansList()) {
			scope.getSpansList().forEach((span) -> add(attributes, span));
		}
	}

	/** A span without a time would stretch its trace over half a century. */
	private void add(Map<String, String> resource, io.opentelemetry.proto.trace.v1.Span span) {
		if (span.getTraceId().size() != TRACE_ID_BYTES || span.getSpanId().isEmpty()
				|| span.getStartTimeUnixNano() <= 0) {
			return;
		}
		long start = span.getStartTimeUnixNano() / NANOS_PER_MICRO;
		this.spans.accept(hex(span.getTraceId()),
				new Span(hex(span.getSpanId()), hex(span.getParentSpanId()), shorten(span.getName()),
						span.getKind().name().replace("SPAN_KIND_", ""), resource.getOrDefault("service.name", ""),
						resource.getOrDefault("service.instance.id", ""), start,
						Math.max(0, span.getEndTimeUnixNano() / NANOS_PER_MICRO - start),
						span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR,
						attributes(span.getAttributesList())));
	}

	private static Map<String, String> attributes(List<KeyValue> all) {
		Map<String, String> attributes = new LinkedHashMap<>();
		all.stream()
			.limit(MAX_ATTRIBUTES)
			.forEach((one) -> attributes.put(shorten(one.getKey()), shorten(text(one.getValue()))));
		return attributes;
	}

	private static String text(AnyValue value) {
		return switch (value.getValueCase()) {
			case STRING_VALUE -> value.getStringValue();
			case INT_VALUE -> String.valueOf(value.getIntValue());
			case DOUBLE_VALUE -> String.valueOf(value.getDoubleValue());
			case BOOL_VALUE -> String.valueOf(value.getBoolValue());
			case ARRAY_VALUE -> value.getArrayValue().getValuesCount() + " values";
			default -> "";
		};
	}

	private static String shorten(String text) {
		return (text.length() <= MAX_TEXT) ? text : text.substring(0, MAX_TEXT - 1) + "…";
	}

	/** Ids have at most 16 bytes; the rest of a longer one is of no use. */
	private static String hex(ByteString id) {
		return HexFormat.of().formatHex(id.substring(0, Math.min(id.size(), TRACE_ID_BYTES)).toByteArray());
	}

}
