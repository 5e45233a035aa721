package dev.agora.console.targets;

/** No launcher has what was requested; the message is for the viewer. */
public final class LauncherUnavailable extends RuntimeException {

	LauncherUnavailable(String message) {
		super(message);
	}

}
