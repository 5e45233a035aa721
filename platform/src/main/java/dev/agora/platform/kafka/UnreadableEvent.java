package dev.agora.platform.kafka;

import org.jspecify.annotations.Nullable;

/** A record that is no event of ours, or not any more. */
final class UnreadableEvent extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/** No stack: the record is to blame, and there may be many. */
	UnreadableEvent(String detail, @Nullable Throwable cause) {
		super(detail, cause, false, false);
	}

}
