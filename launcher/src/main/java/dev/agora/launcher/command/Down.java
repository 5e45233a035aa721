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

/** Stops the system, and the processes that a killed launcher has left. */
@Command(name = "down", description = "Stop all processes; the data stays.")
public final class Down implements Callable<Integer> {

	private static final long TIMEOUT_SECONDS = 150;

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
			System.out.println(
					"Stopping. After the first run of a build this takes longer, since archives of classes are written.");
			stop(launcher.get());
		}
		DirectoryLock lock = DirectoryLock.acquire(this.data.directory());
		try {
			List<String> orphans = OrphanedProcesses.stop(this.data.directory());
			System.out.println(orphans.isEmpty() ? "All processes are stopped."
					: "Stopped the processes that a killed launcher has left: " + String.join(", ", orphans));
			return 0;
		}
		finally {
			lock.close();
		}
	}

	/**
	 * Throws a problem if a launcher is starting, which has not written its state yet.
	 */
	private static void requireNoStart(DataDirectory directory) throws IOException {
		if (directory.hasLockFile()) {
			DirectoryLock.acquire(directory).close();
		}
	}

	private static void stop(ProcessHandle launcher) throws InterruptedException {
		launcher.destroy();
		try {
			launcher.onExit().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			launcher.destroyForcibly();
		}
	}

}
