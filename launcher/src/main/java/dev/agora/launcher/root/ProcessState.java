package dev.agora.launcher.root;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * One process as written down for other commands.
 *
 * @param name its name, such as {@code feed-service-1}
 * @param pid its process id
 * @param port where it serves
 * @param managementPort where it tells its health, 0 if nowhere
 * @param log its log file
 * @param version what version it is
 * @param started when the operating system says it was started
 * @param note what else is to be known about it, null if nothing
 */
public record ProcessState(String name, long pid, int port, int managementPort, String log, String version,
		Instant started, @Nullable String note) {

	private static final Duration CLOCK_STEP = Duration.ofSeconds(10);

	/**
	 * What it is a clone of.
	 * @return the name of a service, the gateway or a store
	 */
	public String service() {
		return this.name.replaceFirst("-[0-9]+$", "");
	}

	/**
	 * The process itself, if it still runs.
	 * @return the process; empty if it is gone or the id is by now another's
	 */
	public Optional<ProcessHandle> handle() {
		return ProcessHandle.of(this.pid)
			.filter(ProcessHandle::isAlive)
			.filter((handle) -> handle.info().startInstant().filter(this::isStart).isPresent());
	}

	/** The system computes it from its clock, which may have been set meanwhile. */
	private boolean isStart(Instant start) {
		return Duration.between(start, this.started).abs().compareTo(CLOCK_STEP) < 0;
	}

	public static Instant startOf(ProcessHandle handle) {
		return handle.info().startInstant().orElse(Instant.EPOCH);
	}

}
