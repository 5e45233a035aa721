package dev.agora.gateway.edge;

import java.net.URI;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.handler.predicate.PredicateDefinition;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpMethod;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.util.unit.DataSize;

import dev.agora.platform.problem.InvalidRequest;

import static java.nio.charset.StandardCharsets.UTF_8;

class RequestValidationFilterTests {

	private final RequestValidationFilter filter = new RequestValidationFilter(
			new RequestLimitSettings(DataSize.ofBytes(10)), routes());

	private static GatewayProperties routes() {
		RouteDefinition uploads = new RouteDefinition();
		uploads
			.setPredicates(List.of(new PredicateDefinition("Path=/uploads"), new PredicateDefinition("Method=POST")));
		uploads.setMetadata(Map.of("max-body", "20B"));
		GatewayProperties properties = new GatewayProperties();
		properties.setRoutes(List.of(new RouteDefinition(), uploads));
		return properties;
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/products/0SAX0HV526DHM", "/api/v1/pages/categories/caf%C3%A9", "/a/..b/c.d" })
	void acceptsPlainPaths(String path) {
		StepVerifier.create(pass(MockServerHttpRequest.method(HttpMethod.GET, URI.create(path)).build()))
			.verifyComplete();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/members/../internal", "/api/v1/members/.", "/api/v1/members/%2e%2e/internal",
			"/api/v1/members%2Finternal", "/api//v1", "/api/v1/members;a=b", "/api/v1/%5c", "/api/%252e" })
	void rejectsAmbiguousPaths(String path) {
		StepVerifier.create(pass(MockServerHttpRequest.method(HttpMethod.GET, URI.create(path)).build()))
			.verifyError(InvalidRequest.class);
	}

	@Test
	void rejectsADeclaredLengthOverTheLimit() {
		StepVerifier.create(pass(MockServerHttpRequest.post("/a").contentLength(11).build()))
			.verifyError(DataBufferLimitException.class);
	}

	@Test
	void rejectsAChunkedBodyOverTheLimit() {
		StepVerifier.create(pass(chunked("12345", "67890"))).verifyComplete();
		StepVerifier.create(pass(chunked("12345", "67890", "1"))).verifyError(DataBufferLimitException.class);
	}

	@ParameterizedTest
	@CsvSource({ "/uploads, 20, true", "/uploads, 21, false", "/uploads/, 11, false", "/upload%73, 11, false" })
	void hasALimitOfItsOwnForTheExactPathOfUploads(String path, int length, boolean accepted) {
		MockServerHttpRequest request = MockServerHttpRequest.method(HttpMethod.POST, URI.create(path))
			.contentLength(length)
			.build();
		StepVerifier.create(pass(request).thenReturn(true).onErrorReturn(DataBufferLimitException.class, false))
			.expectNext(accepted)
			.verifyComplete();
	}

	/** Sends a request through the filter and reads its body as a route would. */
	private Mono<Void> pass(MockServerHttpRequest request) {
		return this.filter.filter(MockServerWebExchange.from(request),
				(exchange) -> exchange.getRequest().getBody().doOnNext(DataBufferUtils::release).then());
	}

	private static MockServerHttpRequest chunked(String... parts) {
		Flux<DataBuffer> body = Flux.fromArray(parts)
			.map((part) -> DefaultDataBufferFactory.sharedInstance.wrap(part.getBytes(UTF_8)));
		return MockServerHttpRequest.post("/a").header("Transfer-Encoding", "chunked").body(body);
	}

}
