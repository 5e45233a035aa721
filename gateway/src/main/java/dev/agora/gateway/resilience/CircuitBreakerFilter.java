package dev.agora.gateway.resilience;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;

import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.filter.GatewayFilterChain;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.gateway.FilterOrder;

/**
 * Opens a circuit when nearly all requests of a route fail: clients then get a 503 at
 * once instead of after a time-out. It wraps the load balancer, so that a failed attempt
 * whose retry succeeds does not count.
 */
public final class CircuitBreakerFilter implements GlobalFilter, Ordered {

	private final Map<String, CallKind.Each<RouteCircuitBreaker>> breakers = new HashMap<>();

	public CircuitBreakerFilter(GatewayProperties gateway, CircuitBreakerSettings settings, MeterRegistry meters) {
		for (RouteDefinition route : gateway.getRoutes()) {
			String id = Objects.requireNonNull(route.getId());
			String service = Objects.requireNonNull(route.getUri()).getHost();
			this.breakers.put(id,
					CallKind.Each.create((calls) -> new RouteCircuitBreaker(id, service, calls, settings, meters)));
		}
	}

	@Override
	public int getOrder() {
		return FilterOrder.CIRCUIT_BREAKER;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		CallKind.Each<RouteCircuitBreaker> breakers = this.breakers.get(route.getId());
		if (breakers == null) {
			return chain.filter(exchange);
		}
		RouteCircuitBreaker breaker = breakers.of(exchange);
		breaker.acquirePermission();
		return chain.filter(exchange)
			.doOnSuccess((done) -> breaker.recordResponse(exchange.getResponse()))
			.doOnError(breaker::recordFailure)
			.doFinally((signal) -> {
				if (signal == SignalType.CANCEL) {
					breaker.recordCancellation();
				}
			});
	}

}
