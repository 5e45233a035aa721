package dev.agora.platform.web.trace;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import org.springframework.web.util.pattern.PathPatternParser;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.lifecycle.Build;
import dev.agora.platform.lifecycle.Drain;
import dev.agora.platform.lifecycle.DrainSettings;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.ProblemHandler;
import dev.agora.platform.testing.TestTracing;
import dev.agora.platform.tracing.ActiveSpan;
import dev.agora.platform.tracing.Trace;
import dev.agora.platform.tracing.Tracing;
import dev.agora.platform.web.RequestFilter;

import static org.assertj.core.api.Assertions.assertThat;

class RequestTracesTests {

	private final TestTracing spans = new TestTracing();

	@Test
	void continuesASampledTrace() {
		MockServerHttpResponse response = send(TestTracing.SAMPLED, RequestTracesTests::serve);
		SpanData span = this.spans.only();
		assertThat(span.getName()).isEqualTo("POST /posts/{id}");
		assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
		assertThat(span.getTraceId()).isEqualTo(Trace.idOf(TestTracing.SAMPLED));
		assertThat(span.getParentSpanId()).isEqualTo(Trace.spanIdOf(TestTracing.SAMPLED));
		assertThat(response.getHeaders().getFirst("X-Trace-Id")).isEqualTo(span.getTraceId());
		assertThat(attributes(span)).isEqualTo(Map.of("http.request.method", "POST", "http.route", "/posts/{id}",
				"http.response.status_code", "201", "enduser.id", "ann", "agora.request.id", "r1"));
		assertThat(span.toString()).doesNotContain("secret");
	}

	@Test
	void passesItsOwnSpanOn() {
		send(TestTracing.SAMPLED, (exchange) -> Mono.deferContextual((context) -> {
			ActiveSpan current = ActiveSpan.of(context);
			assertThat(current).isNotNull();
			assertThat(Trace.of(context)).endsWith("-01").doesNotContain(Trace.spanIdOf(TestTracing.SAMPLED));
			return serve(exchange);
		}));
		assertThat(this.spans.end()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "03", "ff" })
	void samplesIfOtherFlagsAreSetAsWell(String flags) {
		send(TestTracing.SAMPLED.substring(0, 53) + flags, RequestTracesTests::serve);
		assertThat(this.spans.end()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { TestTracing.UNSAMPLED, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-02", "junk" })
	void recordsNothingOfAnotherTrace(String parent) {
		MockServerHttpResponse response = send(parent, RequestTracesTests::serve);
		assertThat(response.getHeaders().containsHeader("X-Trace-Id")).isFalse();
		assertThat(this.spans.end()).isEmpty();
	}

	@Test
	void recordsAFailureOfAnUnsampledTrace() {
		MockServerHttpResponse response = send(TestTracing.UNSAMPLED, (exchange) -> {
			exchange.getResponse().setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
			return exchange.getResponse().setComplete();
		});
		SpanData span = this.spans.only();
		assertThat(response.getHeaders().getFirst("X-Trace-Id")).isEqualTo(span.getTraceId());
		assertThat(span.getParentSpanId()).isEqualTo(Trace.spanIdOf(TestTracing.UNSAMPLED));
		assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
		assertThat(attributes(span)).containsEntry("http.response.status_code", "503")
			.containsEntry("error.type", "503");
		assertThat(span.getEndEpochNanos()).isGreaterThanOrEqualTo(span.getStartEpochNanos());
	}

	@Test
	void recordsTheFirstSpanOfAFailureUnderTheIdThatWasPassedOn() {
		String[] passed = new String[1];
		send(null, (exchange) -> Mono.deferContextual((context) -> {
			passed[0] = Trace.of(context);
			return Mono.error(new IllegalStateException("secret"));
		}));
		SpanData span = this.spans.only();
		assertThat(span.getTraceId()).isEqualTo(Trace.idOf(passed[0]));
		assertThat(span.getSpanId()).isEqualTo(Trace.spanIdOf(passed[0]));
		assertThat(span.getParentSpanContext().isValid()).isFalse();
		assertThat(attributes(span)).containsEntry("http.response.status_code", "500");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void endsTheSpanOfAnExceptionOnceWithTheStatusOfItsProblem(boolean known) {
		send(TestTracing.SAMPLED,
				(exchange) -> Mono.error(known ? new NotFound("secret") : new IllegalStateException("secret")));
		SpanData span = this.spans.only();
		assertThat(attributes(span)).containsEntry("http.response.status_code", known ? "404" : "500");
		assertThat(span.getStatus().getStatusCode()).isEqualTo(known ? StatusCode.UNSET : StatusCode.ERROR);
		assertThat(span.toString()).doesNotContain("secret");
	}

	@Test
	void marksARequestWhoseClientHasLeft() {
		handler((exchange) -> Mono.never(), this.spans.tracing())
			.handle(request(TestTracing.SAMPLED), new MockServerHttpResponse())
			.subscribe()
			.dispose();
		assertThat(attributes(this.spans.only())).containsEntry("agora.aborted", "true");
	}

	@Test
	void recordsNothingWithoutAnAddress() {
		MockServerHttpResponse response = new MockServerHttpResponse();
		handler((exchange) -> Mono.error(new IllegalStateException("broken")), Tracing.disabled())
			.handle(request(TestTracing.SAMPLED), response)
			.block();
		assertThat(response.getStatusCode()).isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
		assertThat(response.getHeaders().containsHeader("X-Trace-Id")).isFalse();
	}

	private MockServerHttpResponse send(@Nullable String parent, WebHandler handling) {
		MockServerHttpResponse response = new MockServerHttpResponse();
		handler(handling, this.spans.tracing()).handle(request(parent), response).block();
		return response;
	}

	private static MockServerHttpRequest request(@Nullable String parent) {
		MockServerHttpRequest.BodyBuilder request = MockServerHttpRequest.post("/posts/p1?token=secret")
			.header("X-Request-Id", "r1")
			.header("Authorization", "Bearer secret")
			.header("Cookie", "agora=secret");
		if (parent != null) {
			request.header(Trace.PARENT, parent);
		}
		return request.body("secret");
	}

	private static HttpHandler handler(WebHandler handling, Tracing tracing) {
		RequestTraces traces = new RequestTraces(new TraceSource() {
		}, tracing);
		return WebHttpHandlerBuilder.webHandler(handling)
			.filter(new RequestFilter(new IdGenerator(Clock.systemUTC()), new Build("test", "1", "test-1"),
					new Drain(new DrainSettings(Duration.ZERO)), traces))
			.exceptionHandler(new ProblemHandler(JsonMapper.shared()))
			.build();
	}

	private static Mono<Void> serve(ServerWebExchange exchange) {
		exchange.getAttributes()
			.put(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE,
					PathPatternParser.defaultInstance.parse("/posts/{id}"));
		exchange.getAttributes().put(Identity.MEMBER, "ann");
		exchange.getResponse().setStatusCode(HttpStatus.CREATED);
		return exchange.getResponse().setComplete();
	}

	private static Map<String, String> attributes(SpanData span) {
		Map<String, String> found = new TreeMap<>();
		span.getAttributes()
			.forEach((AttributeKey<?> key, Object value) -> found.put(key.getKey(), String.valueOf(value)));
		return found;
	}

}
