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
 * Rejects requests that could not be served in time, before they use any resources. A
 * request is in flight until the service's response begins, so that neither slow readers
 * nor streams occupy permits. Reads and writes of a route have a limit each.
 */
public final class LoadSheddingFilter implements GlobalFilter, Ordered {

	/** The metadata {@code in-flight} of a route bounds its reads, and its writes. */
	private static final String METADATA = "in-flight";

	private final Map<String, CallKind.Each<ConcurrencyLimit>> limits = new HashMap<>();

	public LoadSheddingFilter(GatewayProperties gateway, Deadlines deadlines, LoadSheddingSettings settings,
			MeterRegistry meters) {
		for (RouteDefinition route : gateway.getRoutes()) {
			String id = Objects.requireNonNull(route.getId());
			if (deadlines.hasDeadline(id)) {
				int maxInFlight = maxInFlight(route, settings);
				this.limits.put(id,
						CallKind.Each.create((calls) -> new ConcurrencyLimit(Tags.of("route", id, "calls", calls.tag()),
								maxInFlight, settings, meters)));
			}
		}
	}

	@Override
	public int getOrder() {
		return FilterOrder.LOAD_SHEDDING;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, GatewayFilterChain chain) {
		Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		CallKind.Each<ConcurrencyLimit> limits = this.limits.get(route.getId());
		if (limits == null) {
			return chain.filter(exchange);
		}
		ConcurrencyLimit limit = limits.of(exchange);
		Permit permit = limit.acquire();
		return chain.filter(exchange)
			.doOnSuccess((done) -> limit.recordResponse(permit, exchange.getResponse().getStatusCode()))
			.doOnError((failure) -> limit.recordFailure(permit, failure))
			.doFinally((signal) -> limit.release());
	}

	private static int maxInFlight(RouteDefinition route, LoadSheddingSettings settings) {
		Object ofRoute = route.getMetadata().get(METADATA);
		return (ofRoute != null) ? Integer.parseInt(ofRoute.toString()) : settings.inFlight();
	}

}
