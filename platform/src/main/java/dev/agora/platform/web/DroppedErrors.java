package dev.agora.platform.web;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Hooks;

import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Errors that arrive when the request they belong to has ended. A client that resets its
 * connection causes one, which concerns nobody; any other is worth a line.
 */
final class DroppedErrors {

	private static final Logger log = LoggerFactory.getLogger(DroppedErrors.class);

	private DroppedErrors() {
	}

	/** Takes the place of Reactor's own handling, which logs each as an error. */
	static void install() {
		Hooks.onErrorDropped(DroppedErrors::handle);
	}

	private static void handle(Throwable error) {
		if (!DisconnectedClientHelper.isClientDisconnectedException(error)) {
			log.warn("An error came after its request had ended. {}", error.toString());
		}
	}

}
