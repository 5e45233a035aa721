package dev.agora.launcher.root;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Describes one process for other commands.
 *
 * @param name the process's name, such as {@code feed-service-1}
 * @param pid the process id
 * @param port the port at which it serves
 * @param managementPort the port of its health endpoint, 0 if it has none
 * @param log the log file
 * @param version the version that it runs
 * @param started the start time that the operating system reports
 * @param paused whether it is paused, so that it does not respond until it is resumed
 * @param note a remark for {@code ./agora status}, null if there is none
 */
public record ProcessState(String name, long pid, int port, int managementPort, String log, String version,
		Instant started, boolean paused, @Nullable String note) {

	private static final Duration CLOCK_STEP = Duration.ofSeconds(10);

	/**
	 * Returns the name without the number of the instance.
	 * @return the name of a service, the gateway or a store
	 */
	public String service() {
		return this.name.replaceFirst("-[0-9]+$", "");
	}

	/**
	 * Finds the process, if it still runs.
	 * @return the process; empty if it has ended, even if another process has its id
	 */
	public Optional<ProcessHandle> handle() {
		return ProcessHandle.of(this.pid)
			.filter(ProcessHandle::isAlive)
			.filter((handle) -> handle.info().startInstant().filter(this::isStartTime).isPresent());
	}

	/** Allows for a change of the clock, from which the system computes start times. */
	private boolean isStartTime(Instant start) {
		return Duration.between(start, this.started).abs().compareTo(CLOCK_STEP) < 0;
	}

	public static Instant startTimeOf(ProcessHandle handle) {
		return handle.info().startInstant().orElse(Instant.EPOCH);
	}

}
