package dev.agora.platform.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

import dev.agora.platform.kafka.tracing.ConsumerSpans;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.testing.TestTracing;
import dev.agora.platform.tracing.ActiveSpan;
import dev.agora.platform.tracing.Trace;
import dev.agora.platform.tracing.log.LogTrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The spans of listeners. */
class EventTracesTests {

	private static final String OTHER = "00-1af7651916cd43dd8448eb211c80319c-c7ad6b7169203331-03";

	private final TestTracing spans = new TestTracing();

	private final TestEventStream events = new TestEventStream(this.spans.tracing());

	@AfterEach
	void close() {
		this.events.close();
	}

	@Test
	void recordsEachEventInTheTraceThatCausedIt() {
		this.events.handle(List.of(event("a", TestTracing.SAMPLED), event("b", OTHER)), (received) -> Mono.empty());
		List<SpanData> all = this.spans.end();
		assertThat(all).extracting(SpanData::getParentSpanId)
			.containsExactlyInAnyOrder(Trace.spanIdOf(TestTracing.SAMPLED), Trace.spanIdOf(OTHER));
		assertThat(all).extracting(SpanData::getTraceId)
			.containsExactlyInAnyOrder(Trace.idOf(TestTracing.SAMPLED), Trace.idOf(OTHER));
		assertThat(all).allSatisfy((span) -> {
			assertThat(span.getName()).isEqualTo("process things");
			assertThat(span.getKind()).isEqualTo(SpanKind.CONSUMER);
			assertThat(span.getAttributes().get(AttributeKey.stringKey("messaging.consumer.group.name")))
				.isEqualTo("test.things");
			assertThat(span.getAttributes().get(AttributeKey.stringKey("cloudevents.event_type")))
				.isEqualTo("thing.created");
		});
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "junk", TestTracing.UNSAMPLED, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331" })
	void handlesAnEventWithoutASampledTrace(String header) {
		List<String> traces = new ArrayList<>();
		this.events.handle(List.of(event("a", header)), (received) -> Mono.deferContextual((context) -> {
			traces.add(Trace.of(context));
			assertThat(LogTrace.id()).isEqualTo(Trace.idOf(traces.get(0)));
			assertThat(ActiveSpan.of(context)).isNull();
			return Mono.empty();
		}));
		assertThat(traces).singleElement().asString().endsWith("-00");
		assertThat(this.spans.end()).isEmpty();
	}

	@Test
	void handlesAnEventWithoutTheHeader() {
		AtomicInteger handled = new AtomicInteger();
		this.events.handle(List.of(TestEventStream.event("a", 1)),
				(received) -> Mono.fromRunnable(handled::incrementAndGet));
		this.events.handleTogether(List.of(TestEventStream.event("a", 2), TestEventStream.event("b", 1)),
				(received) -> Mono.fromRunnable(handled::incrementAndGet));
		assertThat(handled).hasValue(2);
		assertThat(this.spans.end()).isEmpty();
	}

	@Test
	void recordsRepeatedAttemptsAsOneSpan() {
		AtomicInteger attempts = new AtomicInteger();
		this.events.handle(List.of(event("a", TestTracing.SAMPLED)), (received) -> (attempts.incrementAndGet() < 3)
				? Mono.error(new IllegalStateException("not yet")) : Mono.empty());
		assertThat(this.spans.only().getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
	}

	@ParameterizedTest
	@ValueSource(strings = { TestTracing.SAMPLED, TestTracing.UNSAMPLED })
	void recordsAnEventThatBecomesADeadLetter(String trace) {
		this.events.handle(List.of(event("a", trace)),
				(received) -> Mono.error(new IllegalStateException("ann@example.org")));
		assertThat(this.events.deadLetters()).isEqualTo(1);
		SpanData span = this.spans.only();
		assertThat(span.getParentSpanId()).isEqualTo(Trace.spanIdOf(trace));
		assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
		assertThat(span.toString()).doesNotContain("example.org");
		assertThat(EventHeaders.get(this.events.letters.received(0).headers(), Trace.PARENT)).isEqualTo(trace);
	}

	@Test
	void recordsABatchInTheTraceOfEachEvent() {
		List<ConsumerRecord<String, byte[]>> batch = List.of(TestEventStream.event("x", 1),
				TestEventStream.watermark(1), event("a", TestTracing.SAMPLED), event("b", OTHER),
				event("c", TestTracing.UNSAMPLED));
		this.events.handleTogether(batch, (received) -> Mono.deferContextual((context) -> {
			assertThat(Trace.idOf(Trace.of(context))).isEqualTo(Trace.idOf(TestTracing.SAMPLED));
			return Mono.empty();
		}));
		List<SpanData> all = this.spans.end();
		assertThat(all).hasSize(2);
		SpanData first = all.stream().filter((span) -> span.getLinks().isEmpty()).findFirst().orElseThrow();
		SpanData second = all.stream().filter((span) -> !span.getLinks().isEmpty()).findFirst().orElseThrow();
		assertThat(first.getTraceId()).isEqualTo(Trace.idOf(TestTracing.SAMPLED));
		assertThat(second.getTraceId()).isEqualTo(Trace.idOf(OTHER));
		assertThat(second.getLinks().get(0).getSpanContext().getSpanId()).isEqualTo(first.getSpanId());
	}

	@Test
	void continuesTheTraceOfEachEventOfABatch() {
		List<ContextView> contexts = new ArrayList<>();
		List<String> logged = new ArrayList<>();
		Mono<Void> work = Mono.deferContextual((context) -> {
			contexts.add(context);
			logged.add(LogTrace.id());
			return Mono.empty();
		});
		this.events.handleTogether(List.of(event("a", TestTracing.SAMPLED), event("b", OTHER)),
				(received) -> Flux.fromIterable(received)
					.concatMap((each) -> ConsumerSpans.continueTrace(each.trace(), work))
					.then());
		assertThat(logged).containsExactly(Trace.idOf(TestTracing.SAMPLED), Trace.idOf(OTHER));
		ActiveSpan span = Objects.requireNonNull(ActiveSpan.of(contexts.get(0)));
		assertThat(Trace.of(contexts.get(0))).isEqualTo(span.traceparent());
		assertThat(Trace.of(contexts.get(1))).isEqualTo(OTHER);
		assertThat(ActiveSpan.of(contexts.get(1))).isNull();
	}

	@Test
	void marksABatchThatIsDeliveredAgain() {
		assertThatExceptionOfType(Unavailable.class)
			.isThrownBy(() -> this.events.handle(List.of(event("a", TestTracing.SAMPLED)),
					(received) -> Mono.error(new Unavailable("The database is unavailable.", Duration.ofSeconds(1)))));
		assertThat(this.spans.only().getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
	}

	private static ConsumerRecord<String, byte[]> event(String key, String trace) {
		ConsumerRecord<String, byte[]> event = TestEventStream.event(key, 1);
		event.headers().add(Trace.PARENT, trace.getBytes(StandardCharsets.UTF_8));
		return event;
	}

}
