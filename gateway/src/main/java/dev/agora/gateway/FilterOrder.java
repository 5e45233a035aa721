package dev.agora.gateway;

import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.core.Ordered;

/** In which order a routed request passes the gateway's own filters. */
public final class FilterOrder {

	/**
	 * Before a route is looked for: how much comes from this address? So that guessing
	 * tokens is limited too.
	 */
	public static final int ADDRESS_LIMIT = Ordered.HIGHEST_PRECEDENCE + 100;

	/** First of all: who is it? */
	public static final int TOKEN_SWAP = 100;

	/** Then: how much comes from this member? */
	public static final int MEMBER_LIMIT = 200;

	/** Once the route has said which service: which of its clones? */
	public static final int BALANCE = RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 100;

	private FilterOrder() {
	}

}
