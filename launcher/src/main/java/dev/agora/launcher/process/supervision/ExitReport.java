package dev.agora.launcher.process.supervision;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

import dev.agora.launcher.root.Problem;

/** Reports why a process has ended, or why it did not become ready. */
record ExitReport(PrintStream out) {

	private static final int TAIL_LINES = 15;

	/** Prints the end of the log of a process that was not stopped by the launcher. */
	void print(ManagedProcess process, int status) {
		this.out.println("  " + process.name() + " has ended unexpectedly with status " + status
				+ ". The last lines of its log:");
		try {
			process.tail(TAIL_LINES).forEach((line) -> this.out.println("    | " + line));
		}
		catch (IOException ex) {
			this.out.println("  (The log cannot be read: " + ex.getMessage() + ")");
		}
	}

	static Problem notReady(ManagedProcess process, Duration timeout, Path log) {
		String failure = process.isAlive() ? " is not ready after " + timeout.toSeconds() + " s"
				: " has ended while it was starting";
		return new Problem(process.name() + failure + ". The reason is in its log: " + log);
	}

}
