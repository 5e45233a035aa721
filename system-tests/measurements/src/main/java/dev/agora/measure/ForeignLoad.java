package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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

	private final RunningSystem system;

	private final boolean anyLoad;

	private double foreign;

	private double generator;

	private long started;

	/**
	 * Creates the load beside a system.
	 * @param anyLoad whether figures count at any load
	 */
	ForeignLoad(RunningSystem system, boolean anyLoad) {
		this.system = system;
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

	/**
	 * Ends the interval since the last start, and returns the load in it as a sentence.
	 * @throws Problem if other processes were busy
	 */
	String requireQuietSinceStart() throws IOException {
		double cores = stop();
		if (!isQuiet(cores)) {
			throw new Problem("The machine was too busy during the measurement: other processes used %.2f cores, at "
				.formatted(cores) + "most %.1f is accepted. Its figures are dropped.".formatted(LIMIT));
		}
		double generator = (Cpu.ofProcess(ProcessHandle.current().pid()) - this.generator) / elapsedSeconds();
		return "Other processes used %.2f cores during the measurement, and the load generator %.2f.".formatted(cores,
				generator);
	}

	/** Starts an interval. */
	void start() throws IOException {
		this.foreign = foreign();
		this.generator = Cpu.ofProcess(ProcessHandle.current().pid());
		this.started = System.nanoTime();
	}

	/** Ends an interval, and returns the average number of cores that others used. */
	double stop() throws IOException {
		return (foreign() - this.foreign) / elapsedSeconds();
	}

	private double elapsedSeconds() {
		return (System.nanoTime() - this.started) / NANOS_PER_SECOND;
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

	/**
	 * A process that has ended counts for its parent, which is the launcher or this one.
	 * A process of the system that was started meanwhile is none of the others.
	 */
	private double foreign() throws IOException {
		double seconds = Cpu.ofMachine();
		Set<Long> all = new HashSet<>(this.own);
		all.addAll(this.system.refreshed().pids());
		ProcessHandle.current().descendants().forEach((process) -> all.add(process.pid()));
		for (long pid : all) {
			seconds -= ofFamily(pid);
		}
		return seconds;
	}

	private static double ofFamily(long pid) throws IOException {
		try {
			return Cpu.ofFamily(pid);
		}
		catch (NoSuchFileException ended) {
			return 0;
		}
	}

}
