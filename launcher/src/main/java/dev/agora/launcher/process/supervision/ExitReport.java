package dev.agora.launcher.process.supervision;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;

import dev.agora.launcher.root.Problem;

/** Says why a process has ended, or why it never became ready. */
record ExitReport(PrintStream out) {

	private static final int TAIL_LINES = 15;

	/** Shows the end of the log of a process that has ended on its own. */
	void show(ManagedProcess process, int status) {
		this.out
			.println("  " + process.name() + " has ended by itself with status " + status + ". The end of its log:");
		try {
			process.tail(TAIL_LINES).forEach((line) -> this.out.println("    | " + line));
		}
		catch (IOException ex) {
			this.out.println("  (its log cannot be read: " + ex.getMessage() + ")");
		}
	}

	static Problem notReady(ManagedProcess process, Duration bound, Path log) {
		String failure = process.isAlive() ? " is not ready after " + bound.toSeconds() + " s"
				: " has ended while it was starting";
		return new Problem(process.name() + failure + "; its log is " + log + ".");
	}

}
