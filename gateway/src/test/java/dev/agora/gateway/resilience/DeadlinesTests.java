package dev.agora.gateway.resilience;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import dev.agora.platform.web.RequestFilter;

import static org.assertj.core.api.Assertions.assertThat;

class DeadlinesTests {

	private final Deadlines deadlines = new Deadlines(routes(),
			new DeadlineSettings(Duration.ofSeconds(60), Duration.ofSeconds(5), Duration.ofMinutes(1)));

	@Test
	void countsFromTheArrivalOfTheRequest() {
		assertThat(left("plain", Duration.ZERO)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
		assertThat(left("plain", Duration.ofSeconds(20))).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(40));
		assertThat(left("plain", Duration.ofSeconds(61))).isNegative();
	}

	@Test
	void givesARouteTheTimeThatItNeeds() {
		assertThat(left("slow", Duration.ZERO)).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(120));
		assertThat(left("quick", Duration.ZERO)).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(60));
	}

	@Test
	void setsNoneForStreams() {
		assertThat(this.deadlines.hasDeadline("stream")).isFalse();
		assertThat(left("stream", Duration.ofHours(1))).isNull();
	}

	@Test
	void limitsTheBeginningOfAStream() {
		assertThat(this.deadlines.untilResponse(exchange("stream", Duration.ofHours(1))))
			.isEqualTo(Duration.ofSeconds(5));
	}

	private @Nullable Duration left(String route, Duration ago) {
		return this.deadlines.left(exchange(route, ago));
	}

	private static MockServerWebExchange exchange(String route, Duration ago) {
		MockServerWebExchange exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/"));
		exchange.getAttributes()
			.put(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR,
					Route.async().id(route).uri("lb://feed-service").predicate((any) -> true).build());
		exchange.getAttributes().put(RequestFilter.ARRIVED, System.nanoTime() - ago.toNanos());
		return exchange;
	}

	private static GatewayProperties routes() {
		GatewayProperties gateway = new GatewayProperties();
		gateway.setRoutes(List.of(route("plain", Map.of()), route("slow", Map.of("deadline", 120_000)),
				route("quick", Map.of("deadline", 1_000)), route("stream", Map.of("deadline", "-1"))));
		return gateway;
	}

	private static RouteDefinition route(String id, Map<String, Object> metadata) {
		RouteDefinition route = new RouteDefinition();
		route.setId(id);
		route.setUri(URI.create("lb://feed-service"));
		route.setMetadata(metadata);
		return route;
	}

}
