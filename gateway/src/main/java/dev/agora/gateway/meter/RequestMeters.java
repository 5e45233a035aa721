package dev.agora.gateway.meter;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.platform.metrics.LatencyTimers;
import dev.agora.platform.metrics.MethodTag;
import dev.agora.platform.web.RequestFilter;

/**
 * Measures the requests of clients by route, method and status as
 * {@code gateway.requests}, and counts them by outcome as {@code gateway.responses}. A
 * request counts once, whether it is routed, refused, repeated at another instance or
 * abandoned by its client.
 */
public final class RequestMeters {

	/** The route of the browser client and of the page that shows the API. */
	private static final String FILES = "files";

	/** The route of unknown paths, and of requests that are refused before the routes. */
	private static final String NONE = "none";

	private final MeterRegistry meters;

	private final Map<Operation, Timer> timers = new ConcurrentHashMap<>();

	private final Map<String, Map<Outcome, Counter>> responses = new HashMap<>();

	public RequestMeters(GatewayProperties gateway, MeterRegistry meters) {
		this.meters = meters;
		Stream<String> routes = gateway.getRoutes().stream().map(RouteDefinition::getId).map(Objects::requireNonNull);
		Stream.concat(routes, Stream.of(FILES, NONE)).forEach((route) -> this.responses.put(route, responses(route)));
	}

	/**
	 * Registers the counters at the start: the rate of a counter does not contain its
	 * first value, so a burst of errors could be missed.
	 */
	private Map<Outcome, Counter> responses(String route) {
		Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);
		for (Outcome outcome : Outcome.values()) {
			counters.put(outcome,
					Counter.builder("gateway.responses")
						.description("Clients' requests by their outcome")
						.tags("route", route, "outcome", outcome.tag())
						.register(this.meters));
		}
		return counters;
	}

	/**
	 * Measures a request.
	 * @param exchange the request, null if it could not be read
	 * @param status the status of its response
	 */
	void record(@Nullable ServerWebExchange exchange, int status) {
		Operation operation = (exchange != null)
				? new Operation(routeOf(exchange), MethodTag.of(exchange.getRequest().getMethod()), status)
				: new Operation(NONE, MethodTag.UNKNOWN, status);
		// Without this look-up, most requests would take a lock of the map.
		Timer known = this.timers.get(operation);
		Timer timer = (known != null) ? known : this.timers.computeIfAbsent(operation, this::timer);
		Long arrived = (exchange != null) ? exchange.getAttribute(RequestFilter.ARRIVED) : null;
		timer.record((arrived != null) ? System.nanoTime() - arrived : 0, TimeUnit.NANOSECONDS);
		Counter counter = this.responses.getOrDefault(operation.route(), Map.of()).get(Outcome.of(status));
		if (counter != null) {
			counter.increment();
		}
	}

	private static String routeOf(ServerWebExchange exchange) {
		Route route = exchange.getAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		if (route != null) {
			return route.getId();
		}
		return (exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE) != null) ? FILES : NONE;
	}

	private Timer timer(Operation operation) {
		return LatencyTimers.ofRequests("gateway.requests")
			.description("The duration of clients' requests until the head of their responses")
			.tag("route", operation.route())
			.tag("method", operation.method())
			.tag("status", String.valueOf(operation.status()))
			.register(this.meters);
	}

	private record Operation(String route, String method, int status) {
	}

}
