package dev.agora.console.operate;

/** No instance of a service can be called; the message is for the viewer. */
final class NoInstance extends RuntimeException {

	NoInstance(String service) {
		super("No instance of " + service + " runs.");
	}

}
