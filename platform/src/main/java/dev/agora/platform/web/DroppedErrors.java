package dev.agora.platform.web;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Hooks;

import org.springframework.web.util.DisconnectedClientHelper;

import dev.agora.platform.problem.RequestAborted;

/**
 * Logs errors that Reactor drops because their request has ended. A connection that the
 * client reset is expected and not logged.
 */
final class DroppedErrors {

	private static final Logger log = LoggerFactory.getLogger(DroppedErrors.class);

	private DroppedErrors() {
	}

	/**
	 * Replaces Reactor's default, which logs every dropped error with its stack trace.
	 */
	static void install() {
		Hooks.onErrorDropped(DroppedErrors::handle);
	}

	private static void handle(Throwable error) {
		if (!(error instanceof RequestAborted) && !DisconnectedClientHelper.isClientDisconnectedException(error)) {
			log.warn("An error occurred after its request had ended: {}", error.toString());
		}
	}

}
