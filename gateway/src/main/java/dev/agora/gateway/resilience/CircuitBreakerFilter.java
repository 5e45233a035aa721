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
 * Gives the service behind a route a rest when nearly all of the route's requests fail:
 * callers get their 503 at once instead of after a time-out. It stands outside the choice
 * of a clone, so that a clone that another one stood in for does not count.
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
		return FilterOrder.BREAKER;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		CallKind.Each<RouteCircuitBreaker> breakers = this.breakers.get(route.getId());
		if (breakers == null) {
			return chain.filter(exchange);
		}
		RouteCircuitBreaker breaker = breakers.of(exchange);
		breaker.enter();
		return chain.filter(exchange)
			.doOnSuccess((answer) -> breaker.answered(exchange.getResponse()))
			.doOnError(breaker::failed)
			.doFinally((signal) -> {
				if (signal == SignalType.CANCEL) {
					breaker.givenUp();
				}
			});
	}

}
