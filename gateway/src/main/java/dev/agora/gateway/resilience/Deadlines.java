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
 * Computes the deadline of a request: its route's time-out, counted from the arrival of
 * the whole request. The time-out that a client sends does not count here. Spring's
 * time-outs are not used: they would start a second timer for each attempt.
 */
public final class Deadlines {

	/**
	 * The metadata {@code deadline} of a route is a minimum for its time-out, in
	 * milliseconds; a negative number means no deadline.
	 */
	private static final String METADATA = "deadline";

	/**
	 * The exchange attribute with the time at which the body was complete, by
	 * {@code System.nanoTime()}; absent if the request has no body.
	 */
	private static final String BODY_COMPLETE = Deadlines.class.getName() + ".begun";

	private final Map<String, Duration> timeouts = new HashMap<>();

	private final DeadlineSettings settings;

	public Deadlines(GatewayProperties gateway, DeadlineSettings settings) {
		this.settings = settings;
		for (RouteDefinition route : gateway.getRoutes()) {
			Duration timeout = timeout(route, settings);
			if (timeout != null) {
				this.timeouts.put(Objects.requireNonNull(route.getId()), timeout);
			}
		}
	}

	/** Whether requests of a route have a deadline; those for streams have none. */
	public boolean hasDeadline(String route) {
		return this.timeouts.containsKey(route);
	}

	/**
	 * Starts the time of a request whose body has arrived, however long the client took
	 * to send it.
	 */
	public static void bodyComplete(ServerWebExchange exchange) {
		exchange.getAttributes().put(BODY_COMPLETE, System.nanoTime());
	}

	/**
	 * The rest of a request's time.
	 * @return the time, zero or less once it is over, or null if there is no deadline
	 */
	public @Nullable Duration left(ServerWebExchange exchange) {
		Route route = exchange.getRequiredAttribute(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR);
		Duration timeout = this.timeouts.get(route.getId());
		if (timeout == null) {
			return null;
		}
		Long bodyComplete = exchange.getAttribute(BODY_COMPLETE);
		long since = (bodyComplete != null) ? bodyComplete : exchange.<Long>getRequiredAttribute(RequestFilter.ARRIVED);
		return timeout.minusNanos(System.nanoTime() - since);
	}

	/**
	 * The time that an attempt has until its response begins: the rest of the request's
	 * time, or for a stream the time to begin it.
	 * @return the time, zero or less once it is over
	 */
	Duration untilResponse(ServerWebExchange exchange) {
		Duration left = left(exchange);
		return (left != null) ? left : this.settings.streamStart();
	}

	/** The time after which a stream ends that has brought nothing. */
	public Duration streamIdle() {
		return this.settings.streamIdle();
	}

	private static @Nullable Duration timeout(RouteDefinition route, DeadlineSettings settings) {
		Object metadata = route.getMetadata().get(METADATA);
		if (metadata == null) {
			return settings.timeout();
		}
		long milliseconds = Long.parseLong(metadata.toString());
		Duration requested = Duration.ofMillis(milliseconds);
		if (requested.isNegative()) {
			return null;
		}
		return (requested.compareTo(settings.timeout()) > 0) ? requested : settings.timeout();
	}

}
