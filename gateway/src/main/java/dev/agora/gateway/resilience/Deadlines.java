package dev.agora.gateway.resilience;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.cloud.gateway.config.GatewayProperties;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.route.RouteDefinition;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.web.server.ServerWebExchange;

import dev.agora.platform.web.RequestFilter;

/**
 * By when a request must be answered: within its route's time-out, counted from the
 * moment when all of it has arrived. What a client sends in its place is not heard here.
 * Spring's own time-outs stay unset: they would keep a second timer for each attempt.
 */
public final class Deadlines {

	/**
	 * A route's metadata may say how many milliseconds it needs at the least; less than
	 * zero is no deadline.
	 */
	private static final String METADATA = "deadline";

	/**
	 * The exchange attribute that says when a request was complete, by
	 * {@code System.nanoTime()}; absent if it has no body.
	 */
	private static final String BEGUN = Deadlines.class.getName() + ".begun";

	private final Map<String, Duration> timeouts = new HashMap<>();

	public Deadlines(GatewayProperties gateway, DeadlineSettings settings) {
		for (RouteDefinition route : gateway.getRoutes()) {
			Duration timeout = timeout(route, settings);
			if (timeout != null) {
				this.timeouts.put(Objects.requireNonNull(route.getId()), timeout);
			}
		}
	}

	/** Whether requests of a route have one: those for streams have not. */
	public boolean has(String route) {
		return this.timeouts.containsKey(route);
	}

	/**
	 * A request's body has arrived: its time begins now, however long the client took to
	 * send it.
	 */
	public static void begin(ServerWebExchange exchange) {
		exchange.getAttributes().put(BEGUN, System.nanoTime());
	}

	/**
	 * What is left of a request's time.
	 * @return the time, zero or less once it is over, or null where there is no deadline
	 */
	public @Nullable Duration left(ServerWebExchange exchange) {
		Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		Duration timeout = this.timeouts.get(route.getId());
		if (timeout == null) {
			return null;
		}
		Long begun = exchange.getAttribute(BEGUN);
		long since = (begun != null) ? begun : exchange.<Long>getRequiredAttribute(RequestFilter.ARRIVED);
		return timeout.minusNanos(System.nanoTime() - since);
	}

	private static @Nullable Duration timeout(RouteDefinition route, DeadlineSettings settings) {
		Object ofRoute = route.getMetadata().get(METADATA);
		if (ofRoute == null) {
			return settings.timeout();
		}
		long milliseconds = Long.parseLong(ofRoute.toString());
		Duration least = Duration.ofMillis(milliseconds);
		if (least.isNegative()) {
			return null;
		}
		return (least.compareTo(settings.timeout()) > 0) ? least : settings.timeout();
	}

}
