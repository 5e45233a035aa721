package dev.agora.gateway;

import org.springframework.core.Ordered;

/** In which order a routed request passes the gateway's own filters. */
public final class FilterOrder {

	/**
	 * Before a route is looked for: how much comes from this address? So that guessing
	 * tokens is limited too.
	 */
	public static final int ADDRESS_LIMIT = Ordered.HIGHEST_PRECEDENCE + 100;

	/**
	 * First of all that have a route: has the body arrived? So that nobody waits for a
	 * client, whatever it does while it sends.
	 */
	public static final int BODY = 5;

	/**
	 * Then: can it be served? After Spring's {@code NettyWriteResponseFilter}, so that
	 * what is counted ends when the service's answer begins.
	 */
	public static final int SHED = 10;

	/** Who is it? */
	public static final int TOKEN_SWAP = 100;

	/** Then: how much comes from this member? */
	public static final int MEMBER_LIMIT = 200;

	/** Which of the service's clones? */
	public static final int BALANCE = 10_100;

	/** Outside the choice of a clone: the outcome after the retry is what counts. */
	public static final int BREAKER = BALANCE - 10;

	/** Inside the choice of a clone: each attempt gets what is left of the time. */
	public static final int DEADLINE = BALANCE + 10;

	private FilterOrder() {
	}

}
