package dev.agora.measure;

import java.io.IOException;

/** Signals that suspend processes and let them continue. */
enum Signal {

	STOP, CONT;

	/** Sends this signal to a process. */
	void send(long pid) throws IOException {
		Process kill = new ProcessBuilder("kill", "-" + this, String.valueOf(pid)).start();
		if (kill.onExit().join().exitValue() != 0) {
			throw new Problem("Process " + pid + " could not get the signal " + this + ".");
		}
	}

	/**
	 * Lets processes continue. Failures are printed, since this is the end of a
	 * measurement.
	 */
	static void resume(Iterable<Long> pids) {
		for (long pid : pids) {
			try {
				CONT.send(pid);
			}
			catch (IOException | Problem ex) {
				System.err.println("Process " + pid + " is still suspended: " + ex.getMessage());
			}
		}
	}

}
