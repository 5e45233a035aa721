package dev.agora.gateway.resilience;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import reactor.core.publisher.Mono;

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
 * Refuses at once what cannot be served in time, before anything is spent on it. A
 * request counts until the service's answer begins: a client that reads slowly takes
 * nobody's place, nor does a stream. Reads and writes of a route have a limit each.
 */
public final class LoadSheddingFilter implements GlobalFilter, Ordered {

	/**
	 * A route's metadata may say how many of its reads, and of its writes, are let in at
	 * the most.
	 */
	private static final String METADATA = "in-flight";

	private final Map<String, CallKind.Each<ConcurrencyLimit>> limits = new HashMap<>();

	public LoadSheddingFilter(GatewayProperties gateway, Deadlines deadlines, LoadSheddingSettings settings,
			MeterRegistry meters) {
		for (RouteDefinition route : gateway.getRoutes()) {
			String id = Objects.requireNonNull(route.getId());
			if (deadlines.has(id)) {
				int most = most(route, settings);
				this.limits.put(id,
						CallKind.Each.create((calls) -> new ConcurrencyLimit(Tags.of("route", id, "calls", calls.tag()),
								most, settings, meters)));
			}
		}
	}

	@Override
	public int getOrder() {
		return FilterOrder.SHED;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		CallKind.Each<ConcurrencyLimit> limits = this.limits.get(route.getId());
		if (limits == null) {
			return chain.filter(exchange);
		}
		Permit admission = limits.of(exchange).enter();
		return chain.filter(exchange)
			.doOnSuccess((answer) -> admission.answered(exchange.getResponse().getStatusCode()))
			.doOnError(admission::failed)
			.doFinally((signal) -> admission.leave());
	}

	private static int most(RouteDefinition route, LoadSheddingSettings settings) {
		Object ofRoute = route.getMetadata().get(METADATA);
		return (ofRoute != null) ? Integer.parseInt(ofRoute.toString()) : settings.inFlight();
	}

}
