package dev.agora.gateway.balance;

/**
 * The failures after which a request may be sent again, to another instance. A request
 * that was never sent may always be sent again.
 */
public enum RetryOn {

	/** After no failure, since the request could take effect twice. */
	NEVER,

	/** After the connection has broken. */
	CONNECTION_LOSS,

	/**
	 * Also after a time-out: for attempts that are much shorter than the caller's
	 * time-out.
	 */
	TIMEOUT;

	boolean allows(Failure failure) {
		return switch (failure) {
			case CONNECT_FAILED, POOL_EXHAUSTED -> true;
			case CLOSED, BROKEN -> this != NEVER;
			case TIMED_OUT -> this == TIMEOUT;
			case OTHER -> false;
		};
	}

}
