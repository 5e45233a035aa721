package dev.agora.launcher.local;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import dev.agora.launcher.container.ContainerEngine;
import dev.agora.launcher.process.supervision.SystemState;
import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.ProcessState;

/** Stops the processes that a killed launcher has left running. */
public final class OrphanedProcesses {

	private static final Duration TIMEOUT = Duration.ofSeconds(15);

	private OrphanedProcesses() {
	}

	/**
	 * Stops the processes of a system that is no longer supervised. Each is identified by
	 * its id and its start time.
	 * @param data the data directory
	 * @return the names of the processes that still ran
	 * @throws IOException if the state cannot be read or deleted
	 * @throws InterruptedException if interrupted while waiting
	 */
	public static List<String> stop(DataDirectory data) throws IOException, InterruptedException {
		Optional<SystemState> state = SystemState.read(data);
		if (state.isEmpty()) {
			return List.of();
		}
		List<ProcessState> running = state.get().processes().stream().filter((it) -> it.handle().isPresent()).toList();
		// Processes in containers run as another user, and only the engine may end them.
		ContainerEngine.removeAll(data);
		running.forEach((process) -> process.handle().ifPresent(ProcessHandle::destroy));
		long end = System.nanoTime() + TIMEOUT.toNanos();
		while (anyAlive(running) && System.nanoTime() < end) {
			TimeUnit.MILLISECONDS.sleep(50);
		}
		running.forEach((process) -> process.handle().ifPresent(ProcessHandle::destroyForcibly));
		Files.deleteIfExists(data.stateFile());
		return running.stream().map(ProcessState::name).toList();
	}

	private static boolean anyAlive(List<ProcessState> processes) {
		return processes.stream().anyMatch((process) -> process.handle().isPresent());
	}

}
