package dev.agora.measure;

/**
 * An action that runs once: on close, or when the program ends before that. The program
 * does not end while it runs.
 */
final class ActionAtEnd implements AutoCloseable {

	private final Runnable action;

	private boolean done;

	ActionAtEnd(Runnable action) {
		this.action = action;
		Runtime.getRuntime().addShutdownHook(new Thread(this::close, "action-at-end"));
	}

	@Override
	public synchronized void close() {
		if (!this.done) {
			this.done = true;
			this.action.run();
		}
	}

}
