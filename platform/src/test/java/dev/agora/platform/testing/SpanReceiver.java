package dev.agora.platform.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;

/** Receives spans by OTLP, as a collector does, and keeps the last ones. */
public final class SpanReceiver implements AutoCloseable {

	private static final int CAPACITY = 20_000;

	private final ConcurrentLinkedDeque<ReceivedSpan> spans = new ConcurrentLinkedDeque<>();

	private final HttpServer server;

	public SpanReceiver() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/v1/traces", this::receive);
		this.server.start();
	}

	/** The address for the setting {@code tracing.endpoint}. */
	public String endpoint() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	/** Lists the spans of a trace that have arrived. */
	public List<ReceivedSpan> of(String traceId) {
		return this.spans.stream().filter((span) -> span.traceId().equals(traceId)).toList();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	private void receive(HttpExchange exchange) throws IOException {
		try (exchange) {
			ExportTraceServiceRequest request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
			request.getResourceSpansList()
				.forEach((process) -> process.getScopeSpansList()
					.forEach((scope) -> scope.getSpansList()
						.forEach((span) -> this.spans.add(toReceived(span, process.getResource())))));
			while (this.spans.size() > CAPACITY) {
				this.spans.pollFirst();
			}
			exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
			exchange.sendResponseHeaders(200, -1);
		}
	}

	private static ReceivedSpan toReceived(Span span, Resource process) {
		Map<String, String> attributes = Stream
			.concat(process.getAttributesList().stream(), span.getAttributesList().stream())
			.collect(Collectors.toMap(KeyValue::getKey, (attribute) -> text(attribute.getValue()),
					(first, second) -> second));
		return new ReceivedSpan(hex(span.getTraceId()), hex(span.getSpanId()), hex(span.getParentSpanId()),
				span.getName(), attributes, span.getStartTimeUnixNano(), span.getEndTimeUnixNano());
	}

	private static String text(AnyValue value) {
		return switch (value.getValueCase()) {
			case STRING_VALUE -> value.getStringValue();
			case INT_VALUE -> String.valueOf(value.getIntValue());
			case BOOL_VALUE -> String.valueOf(value.getBoolValue());
			default -> value.toString();
		};
	}

	private static String hex(ByteString bytes) {
		return HexFormat.of().formatHex(bytes.toByteArray());
	}

	/**
	 * A span that was received.
	 *
	 * @param parentId the id of its parent, empty for the first span of a trace
	 * @param attributes its attributes and those of its process
	 * @param start when it started, in nanoseconds since the epoch
	 * @param end when it ended
	 */
	public record ReceivedSpan(String traceId, String id, String parentId, String name, Map<String, String> attributes,
			long start, long end) {

		public String service() {
			return this.attributes.getOrDefault("service.name", "");
		}

	}

}
