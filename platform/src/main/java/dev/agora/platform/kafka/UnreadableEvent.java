package dev.agora.platform.kafka;

import org.jspecify.annotations.Nullable;

/** Thrown for a record that the listener cannot read as one of its events. */
final class UnreadableEvent extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Creates the exception without a stack trace: the record is at fault, not the code.
	 */
	UnreadableEvent(String detail, @Nullable Throwable cause) {
		super(detail, cause, false, false);
	}

}
