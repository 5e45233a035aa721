package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The CPU time that processes use which do not belong to the measured system. Figures
 * count only if they use little.
 */
final class ForeignLoad {

	/** The number of cores that other processes may use. */
	private static final double LIMIT = 0.5;

	private static final int CHECKED_SECONDS = 3;

	private static final double NANOS_PER_SECOND = 1e9;

	private final Set<Long> own = new HashSet<>();

	private final boolean anyLoad;

	private double foreign;

	private long started;

	/**
	 * Creates the load beside a system.
	 * @param anyLoad whether figures count at any load
	 */
	ForeignLoad(RunningSystem system, boolean anyLoad) {
		this.own.addAll(system.pids());
		this.own.add(ProcessHandle.current().pid());
		this.anyLoad = anyLoad;
	}

	/** Counts a process as part of the system. */
	void add(long pid) {
		this.own.add(pid);
	}

	/**
	 * Prints the load of the machine, and returns it as a sentence.
	 * @throws Problem if other processes are busy
	 */
	String requireQuiet() throws IOException, InterruptedException {
		start();
		TimeUnit.SECONDS.sleep(CHECKED_SECONDS);
		double cores = stop();
		String machine = "%d cores, load average %s; other processes use %.2f cores.".formatted(
				Runtime.getRuntime().availableProcessors(),
				Files.readString(Path.of("/proc/loadavg")).strip().replaceAll("^(\\S+ \\S+ \\S+).*$", "$1"), cores);
		System.out.println(machine);
		if (!isQuiet(cores)) {
			throw new Problem("The machine is too busy for a measurement: other processes use %.2f cores, at most %.1f "
				.formatted(cores, LIMIT) + "is accepted. Stop them, or try the command with --any-load.");
		}
		return machine;
	}

	/** Starts an interval. */
	void start() throws IOException {
		this.foreign = foreign();
		this.started = System.nanoTime();
	}

	/** Ends an interval, and returns the average number of cores that others used. */
	double stop() throws IOException {
		return (foreign() - this.foreign) / ((System.nanoTime() - this.started) / NANOS_PER_SECOND);
	}

	/**
	 * Whether figures count that were measured while others used some cores; prints it if
	 * they do not, or only since any load was accepted.
	 */
	boolean isQuiet(double cores) {
		if (cores <= LIMIT) {
			return true;
		}
		System.out.printf("Other processes used %.2f cores: %s%n", cores,
				this.anyLoad ? "the figures are a trial only." : "dropped.");
		return this.anyLoad;
	}

	private double foreign() throws IOException {
		double seconds = Cpu.ofMachine() - Cpu.ofEndedChildren();
		for (long pid : this.own) {
			seconds -= Files.exists(Path.of("/proc", String.valueOf(pid))) ? Cpu.ofProcess(pid) : 0;
		}
		return seconds;
	}

}
