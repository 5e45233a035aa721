package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Limits the CPU time of processes with a control group (version 1 or 2). */
final class Quota implements AutoCloseable {

	private static final Path ROOT = Path.of("/sys/fs/cgroup");

	private static final boolean FIRST_VERSION = Files.isDirectory(ROOT.resolve("cpu"));

	/**
	 * A short period, so that a throttled process pauses for milliseconds only. The
	 * kernel accepts no quota below one millisecond.
	 */
	private static final int PERIOD_MICROS = 20_000;

	private final Path home = FIRST_VERSION ? ROOT.resolve("cpu") : ROOT;

	private final Path group;

	private final List<Long> pids;

	private final ActionAtEnd end;

	/**
	 * Creates the group and moves the processes into it, without a limit.
	 * @param pids the processes, which share the limit
	 */
	Quota(String name, List<Long> pids) throws IOException {
		// Instances of two systems have the same names.
		this.group = this.home.resolve("agora-" + name + "-" + pids.get(0));
		this.pids = pids;
		this.end = new ActionAtEnd(this::remove);
		try {
			if (!FIRST_VERSION) {
				Files.writeString(this.home.resolve("cgroup.subtree_control"), "+cpu");
			}
			Files.createDirectories(this.group);
			for (long pid : pids) {
				Files.writeString(this.group.resolve("cgroup.procs"), String.valueOf(pid));
			}
		}
		catch (IOException ex) {
			throw new Problem("CPU quotas need Linux, root and a writable control group of CPU time in " + this.home
					+ ". In a container, run it as privileged. The cause is: " + ex);
		}
	}

	/**
	 * Fails if no quota can be set here.
	 * @throws Problem which says what is missing
	 */
	static void require() throws IOException {
		try (Quota quota = new Quota("measure", List.of(ProcessHandle.current().pid()))) {
			quota.limit(Runtime.getRuntime().availableProcessors());
		}
	}

	void limit(double cores) throws IOException {
		long micros = Math.round(cores * PERIOD_MICROS);
		if (FIRST_VERSION) {
			Files.writeString(this.group.resolve("cpu.cfs_period_us"), String.valueOf(PERIOD_MICROS));
			Files.writeString(this.group.resolve("cpu.cfs_quota_us"), String.valueOf(micros));
		}
		else {
			Files.writeString(this.group.resolve("cpu.max"), micros + " " + PERIOD_MICROS);
		}
	}

	/** Returns the periods in which the processes ran since the group exists. */
	Periods periods() throws IOException {
		Map<String, Long> counts = new HashMap<>();
		for (String line : Files.readAllLines(this.group.resolve("cpu.stat"))) {
			List<String> fields = List.of(line.split(" "));
			counts.put(fields.get(0), Long.valueOf(fields.get(1)));
		}
		return new Periods(counts.getOrDefault("nr_periods", 0L), counts.getOrDefault("nr_throttled", 0L));
	}

	/** Ends the limit. It ends as well if the program is interrupted. */
	@Override
	public void close() {
		this.end.close();
	}

	private void remove() {
		try {
			for (long pid : this.pids) {
				release(pid);
			}
			Files.deleteIfExists(this.group);
		}
		catch (IOException ex) {
			System.err.println("The CPU quota in " + this.group + " remains: " + ex);
		}
	}

	private void release(long pid) throws IOException {
		Path process = Path.of("/proc/" + pid);
		if (!Files.exists(process)) {
			return;
		}
		try {
			Files.writeString(this.home.resolve("cgroup.procs"), String.valueOf(pid));
		}
		catch (IOException ex) {
			// A process that has ended meanwhile has no quota.
			if (Files.exists(process)) {
				throw ex;
			}
		}
	}

	/**
	 * Periods of a quota.
	 *
	 * @param all their number
	 * @param throttled those at whose end the quota was used up
	 */
	record Periods(long all, long throttled) {

		/** Returns the share of the throttled ones since others were counted. */
		double throttledSince(Periods before) {
			long periods = this.all - before.all;
			return (periods > 0) ? (double) (this.throttled - before.throttled) / periods : 0;
		}

	}

}
