package dev.agora.platform.tracing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.resources.Resource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import dev.agora.platform.testing.SpanReceiver;

import static org.assertj.core.api.Assertions.assertThat;

class SpanExportTests {

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

	@AfterEach
	void stopWatching() {
		root().detachAppender(this.lines);
	}

	@Test
	void exportsToAReceiver() {
		try (SpanReceiver receiver = new SpanReceiver()) {
			Tracing tracing = tracing(receiver.endpoint(), 100);
			ActiveSpan first = tracing.startFirst("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
					tracing.prepare(null, "first", SpanKind.SERVER));
			first.start(first.child("second", SpanKind.CLIENT)).end();
			first.end();
			tracing.close();
			List<SpanReceiver.ReceivedSpan> spans = receiver.of("0af7651916cd43dd8448eb211c80319c");
			assertThat(spans).extracting(SpanReceiver.ReceivedSpan::name).containsExactlyInAnyOrder("first", "second");
			assertThat(spans).filteredOn((span) -> span.name().equals("first"))
				.extracting(SpanReceiver.ReceivedSpan::id)
				.containsExactly("b7ad6b7169203331");
			assertThat(spans).filteredOn((span) -> span.name().equals("second"))
				.extracting(SpanReceiver.ReceivedSpan::parentId)
				.containsExactly("b7ad6b7169203331");
			assertThat(count("exported")).isEqualTo(2);
		}
	}

	@Test
	void logsOneLineWhileTheReceiverRefuses() throws IOException {
		int port;
		try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = unused.getLocalPort();
		}
		watch();
		Tracing tracing = tracing("http://127.0.0.1:" + port, 10_000);
		end(tracing, 2_000);
		Awaitility.await("all exports fail").until(() -> count("failed") == 2_000);
		tracing.close();
		assertThat(this.lines.list).filteredOn((line) -> !line.getLoggerName().startsWith("jdk."))
			.extracting(ILoggingEvent::getFormattedMessage)
			.containsExactly("Spans cannot be exported to the address in tracing.endpoint (0 more failures)");
	}

	@Test
	void dropsAndCountsWhileTheReceiverHangs() throws IOException {
		Tracing tracing;
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			tracing = tracing("http://127.0.0.1:" + silent.getLocalPort(), 10);
			end(tracing, 2_000);
			assertThat(count("dropped")).isGreaterThanOrEqualTo(1_000);
			assertThat(count("exported")).isZero();
		}
		Awaitility.await("the export has failed").until(() -> count("failed") > 0);
		tracing.close();
	}

	private Tracing tracing(String endpoint, int queueSize) {
		return Tracing.of(new TracingSettings(endpoint, 1, List.of(), queueSize), Resource.empty(), this.meters);
	}

	private static void end(Tracing tracing, int count) {
		for (int i = 0; i < count; i++) {
			tracing.start(tracing.prepare(null, "span", SpanKind.INTERNAL)).end();
		}
	}

	private double count(String outcome) {
		return this.meters.get("tracing.spans").tag("outcome", outcome).counter().count();
	}

	private void watch() {
		this.lines.start();
		root().addAppender(this.lines);
	}

	private static Logger root() {
		return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
	}

}
