package dev.agora.platform.lifecycle;

/**
 * Stops a part of a process on a thread of its own. The parts of one phase of the
 * shutdown then stop at the same time, and share the time of the phase.
 */
public final class BackgroundStop {

	private BackgroundStop() {
	}

	/**
	 * Starts to stop a part.
	 * @param stop stops the part, and may wait for its end
	 * @param stopped receives the end, also after a failure
	 */
	public static void start(String thread, Runnable stop, Runnable stopped) {
		Thread stopping = new Thread(() -> run(stop, stopped), thread);
		stopping.setDaemon(true);
		stopping.start();
	}

	private static void run(Runnable stop, Runnable stopped) {
		try {
			stop.run();
		}
		finally {
			stopped.run();
		}
	}

}
