package dev.agora.launcher.measure;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/** A command that this process runs, and that does not outlive it. */
final class ChildProcess {

	/** An interrupted check of a cluster restores the release, which takes minutes. */
	private static final Duration MAX_CLEAN_UP = Duration.ofMinutes(10);

	private final ProcessBuilder command;

	private @Nullable Process process;

	private ChildProcess(ProcessBuilder command) {
		this.command = command;
	}

	/** Runs a command and returns its exit status. */
	static int run(Path folder, List<String> command) throws IOException, InterruptedException {
		ChildProcess child = new ChildProcess(new ProcessBuilder(command).directory(folder.toFile()).inheritIO());
		Runtime.getRuntime().addShutdownHook(new Thread(child::end, "end-of-child"));
		return child.start().waitFor();
	}

	/** The lock makes {@link #end} wait for a process that is being started. */
	private synchronized Process start() throws IOException {
		Process started = this.command.start();
		this.process = started;
		return started;
	}

	private synchronized void end() {
		if (this.process != null) {
			this.process.destroy();
			awaitEnd(this.process);
		}
	}

	private static void awaitEnd(Process process) {
		try {
			process.waitFor(MAX_CLEAN_UP.toMinutes(), TimeUnit.MINUTES);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
