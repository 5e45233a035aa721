package dev.agora.platform.web;

import java.time.Clock;
import java.util.List;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.lifecycle.Build;
import dev.agora.platform.lifecycle.Drain;
import dev.agora.platform.lifecycle.DrainSettings;
import dev.agora.platform.problem.ProblemHandler;
import dev.agora.platform.tracing.Tracing;
import dev.agora.platform.web.trace.RequestTraces;
import dev.agora.platform.web.trace.TraceSource;

import static org.assertj.core.api.Assertions.assertThat;

class RequestTimerTests {

	private static final PathPattern PATTERN = PathPatternParser.defaultInstance.parse("/products/{id}");

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final RequestTimer timer = new RequestTimer(this.meters);

	@Test
	void measuresByOperationAndStatus() {
		serve(HttpMethod.GET, "/products/1", HttpStatus.OK);
		serve(HttpMethod.GET, "/products/2", HttpStatus.OK);
		serve(HttpMethod.GET, "/products/3", HttpStatus.NOT_FOUND);
		assertThat(count("GET", "200")).isEqualTo(2);
		assertThat(count("GET", "404")).isEqualTo(1);
	}

	@Test
	void hasOneTagForAllUnknownMethods() {
		serve(HttpMethod.valueOf("BREW"), "/products/1", HttpStatus.OK);
		serve(HttpMethod.valueOf("STIR"), "/products/1", HttpStatus.OK);
		assertThat(count("UNKNOWN", "200")).isEqualTo(2);
	}

	@Test
	void hasOneTagForAllPathsWithoutAHandler() {
		for (int path = 0; path < 100; path++) {
			serveUnhandled("/no/such/" + path);
		}
		assertThat(timers()).singleElement().satisfies((timer) -> {
			assertThat(timer.getId().getTag("uri")).isEqualTo("UNKNOWN");
			assertThat(timer.count()).isEqualTo(100);
		});
	}

	@Test
	void countsARequestWhoseCallerLeaves() {
		MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/products/1").build());
		this.timer.filter(exchange, (handled) -> Mono.never()).subscribe().dispose();
		assertThat(timers()).extracting((timer) -> timer.getId().getTag("status")).containsExactly("499");
	}

	@Test
	void countsAStreamOnceWhoseCallerLeaves() {
		MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/products/1").build());
		Mono<DataBuffer> first = Mono.just(DefaultDataBufferFactory.sharedInstance.wrap(new byte[1]));
		this.timer
			.filter(exchange,
					(handled) -> handled.getResponse().writeAndFlushWith(Flux.just(first).concatWith(Mono.never())))
			.subscribe()
			.dispose();
		assertThat(timers()).extracting((timer) -> timer.getId().getTag("status")).containsExactly("200");
	}

	/** The deadline cancels the handler, and then there is a response. */
	@Test
	void countsARequestOnceThatMissesItsDeadline() {
		RequestFilter deadlines = new RequestFilter(new IdGenerator(Clock.systemUTC()), new Build("s", "1", "i"),
				new Drain(new DrainSettings(null)), new RequestTraces(new TraceSource() {
				}, Tracing.disabled()));
		WebHttpHandlerBuilder.webHandler((exchange) -> Mono.never()).filters((filters) -> {
			filters.addAll(List.<WebFilter>of(deadlines, this.timer));
			AnnotationAwareOrderComparator.sort(filters);
		})
			.exceptionHandler(new ProblemHandler(JsonMapper.shared()))
			.build()
			.handle(MockServerHttpRequest.get("/products/1").header(RequestFilter.TIMEOUT, "1").build(),
					new MockServerHttpResponse())
			.block();
		assertThat(timers()).singleElement().satisfies((timer) -> {
			assertThat(timer.getId().getTag("status")).startsWith("5");
			assertThat(timer.count()).isEqualTo(1);
		});
	}

	private List<Timer> timers() {
		return List.copyOf(this.meters.find("http.server.requests").timers());
	}

	private void serveUnhandled(String path) {
		this.timer.filter(MockServerWebExchange.from(MockServerHttpRequest.get(path).build()), (handled) -> {
			handled.getResponse().setStatusCode(HttpStatus.NOT_FOUND);
			return handled.getResponse().setComplete();
		}).block();
	}

	private void serve(HttpMethod method, String path, HttpStatus status) {
		MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.method(method, path).build());
		this.timer.filter(exchange, (handled) -> {
			handled.getAttributes().put(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, PATTERN);
			handled.getResponse().setStatusCode(status);
			return handled.getResponse().setComplete();
		}).block();
	}

	private long count(String method, String status) {
		return this.meters.get("http.server.requests")
			.tags("method", method, "uri", "/products/{id}", "status", status)
			.timer()
			.count();
	}

}
