package dev.agora.launcher.command;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import dev.agora.launcher.local.OrphanedProcesses;
import dev.agora.launcher.process.supervision.SystemState;
import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.DirectoryLock;
import dev.agora.launcher.root.ProcessState;

/** Stops everything, also what a killed launcher has left. */
@Command(name = "down", description = "Stop everything; the data stays.")
public final class Down implements Callable<Integer> {

	private static final long BOUND_SECONDS = 150;

	@Mixin
	private DataOption data = new DataOption();

	@Override
	public Integer call() throws IOException, InterruptedException {
		Optional<SystemState> state = SystemState.read(this.data.directory());
		if (state.isEmpty()) {
			requireNoStart(this.data.directory());
			System.out.println("Nothing runs on " + this.data.directory().root() + ".");
			return 0;
		}
		Optional<ProcessHandle> launcher = state.map(SystemState::launcher).flatMap(ProcessState::handle);
		if (launcher.isPresent()) {
			System.out.println("Stopping; after the first run of a build this also writes the archives of classes.");
			stop(launcher.get());
		}
		DirectoryLock lock = DirectoryLock.take(this.data.directory());
		try {
			List<String> left = OrphanedProcesses.stop(this.data.directory());
			System.out
				.println(left.isEmpty() ? "All is stopped." : "Stopped what was left: " + String.join(", ", left));
			return 0;
		}
		finally {
			lock.close();
		}
	}

	/** A launcher that has just begun has written down nothing yet. */
	private static void requireNoStart(DataDirectory directory) throws IOException {
		if (directory.isInUse()) {
			DirectoryLock.take(directory).close();
		}
	}

	private static void stop(ProcessHandle launcher) throws InterruptedException {
		launcher.destroy();
		try {
			launcher.onExit().get(BOUND_SECONDS, TimeUnit.SECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			launcher.destroyForcibly();
		}
	}

}
