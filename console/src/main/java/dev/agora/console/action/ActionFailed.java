package dev.agora.console.action;

/** An action was refused or has failed; the message is for the viewer. */
final class ActionFailed extends RuntimeException {

	ActionFailed(String message) {
		super(message);
	}

}
