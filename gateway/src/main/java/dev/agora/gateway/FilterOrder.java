package dev.agora.gateway;

import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;

/** In which order a routed request passes the gateway's own filters. */
public final class FilterOrder {

	/**
	 * First of all: can it be served? After Spring's {@code NettyWriteResponseFilter}, so
	 * that what is counted ends when the service's answer begins.
	 */
	public static final int SHED = 10;

	/** Who is it? */
	public static final int TOKEN_SWAP = 100;

	/** Once the route has said which service: which of its clones? */
	public static final int BALANCE = RouteToRequestUrlFilter.ROUTE_TO_URL_FILTER_ORDER + 100;

	/** Outside the choice of a clone: the outcome after the retry is what counts. */
	public static final int BREAKER = BALANCE - 10;

	/** Inside the choice of a clone: each attempt gets what is left of the time. */
	public static final int DEADLINE = BALANCE + 10;

	private FilterOrder() {
	}

}
