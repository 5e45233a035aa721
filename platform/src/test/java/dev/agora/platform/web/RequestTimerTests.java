package dev.agora.platform.web;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

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
