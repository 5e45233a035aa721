package dev.agora.gateway;

import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;

/** In which order a routed request passes the gateway's own filters. */
public final class FilterOrder {

	/** First of all: who is it? */
	public static final int TOKEN_SWAP = 100;

	/** Once the route has said which service: which of its clones? */
	public static final int BALANCE = RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 100;

	private FilterOrder() {
	}

}
