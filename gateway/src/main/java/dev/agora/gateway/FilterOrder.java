package dev.agora.gateway;

import org.springframework.core.Ordered;

/**
 * The orders of all filters of the gateway. In each chain the constants have the order in
 * which a request passes the filters.
 */
public final class FilterOrder {

	// Customizers of the HTTP server. Each adds its Netty handlers next to the HTTP
	// codec, so that a response passes the handlers of a later customizer later.

	/** Framing, heads, pipelining and the headers of every response. */
	public static final int EDGE_HANDLERS = 0;

	/** The problem details of a request that the HTTP codec rejects. */
	public static final int MALFORMED_REQUEST_HANDLER = 1;

	/** The access log, which counts what leaves the process. */
	public static final int ACCESS_LOG_HANDLER = 2;

	/** The durations of requests, also of those that no filter sees. */
	public static final int REQUEST_METERS_HANDLER = 3;

	/** The bound on responses that clients do not read, on the side of the socket. */
	public static final int UNREAD_RESPONSES_HANDLER = 4;

	// Web filters, which run before a route is looked up. The platform's RequestFilter
	// runs before all of them.

	/** Determines the address that the request comes from. */
	public static final int CLIENT_ADDRESS = Ordered.HIGHEST_PRECEDENCE + 10;

	/** Answers preflight requests, which reach no service. */
	public static final int CORS = Ordered.HIGHEST_PRECEDENCE + 20;

	/** Rejects ambiguous paths and bodies over the limit. */
	public static final int REQUEST_VALIDATION = Ordered.HIGHEST_PRECEDENCE + 30;

	/** Before the token is checked, so that guessing tokens is limited too. */
	public static final int ADDRESS_RATE_LIMIT = Ordered.HIGHEST_PRECEDENCE + 100;

	// Global filters, which requests with a route pass.

	/**
	 * Before Spring's {@code NettyWriteResponseFilter}, whose response it replaces.
	 */
	public static final int STREAM_END = -10;

	/**
	 * Before all filters that handle the request, so that none of them waits for a client
	 * that sends its body slowly.
	 */
	public static final int BODY = 5;

	/**
	 * After Spring's {@code NettyWriteResponseFilter}, so that a request no longer counts
	 * as in flight once the service's response begins.
	 */
	public static final int LOAD_SHEDDING = 10;

	/** Replaces the client's token by the identity that services trust. */
	public static final int TOKEN_SWAP = 100;

	/** Needs the member whom {@link #TOKEN_SWAP} has found. */
	public static final int MEMBER_RATE_LIMIT = 200;

	/** Needs the member too. Uploads are counted until they are answered. */
	public static final int UPLOAD_LIMIT = 210;

	/** Around the load balancer: it counts the outcome after the retry. */
	public static final int CIRCUIT_BREAKER = 10_090;

	/** Chooses the instance of the service. */
	public static final int LOAD_BALANCER = 10_100;

	/** Within the load balancer: each attempt gets the time that is left. */
	public static final int DEADLINE = 10_110;

	// Filters of headers.

	/** Writes the headers of the request to the service. */
	public static final int UPSTREAM_HEADERS = Ordered.LOWEST_PRECEDENCE - 10;

	/** Stores the consistency token of the response in a cookie. */
	public static final int CONSISTENCY_COOKIE = Ordered.LOWEST_PRECEDENCE - 5;

	/** Removes the headers of the service's connection from its response. */
	public static final int RESPONSE_HEADERS = Ordered.LOWEST_PRECEDENCE;

	private FilterOrder() {
	}

}
