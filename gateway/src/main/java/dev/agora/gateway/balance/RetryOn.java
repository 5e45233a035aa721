package dev.agora.gateway.balance;

/**
 * After which failures a request may be sent again, to another clone. What was never sent
 * always may.
 */
public enum RetryOn {

	/** After none: it could be carried out twice. */
	NEVER,

	/** When the connection breaks. */
	WHEN_BROKEN,

	/** Also when the answer is late: for attempts much shorter than the caller waits. */
	WHEN_LATE;

	boolean after(Failure failure) {
		return switch (failure) {
			case NOT_CONNECTED, CROWDED -> true;
			case CLOSED, BROKEN -> this != NEVER;
			case TOO_SLOW -> this == WHEN_LATE;
			case OTHER -> false;
		};
	}

}
