package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Limits the CPU time of a process with a control group (version 1 or 2). */
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

	private final long pid;

	/** Creates the group and moves the process into it, without a limit. */
	Quota(String name, long pid) throws IOException {
		this.group = this.home.resolve("agora-" + name);
		this.pid = pid;
		try {
			if (!FIRST_VERSION) {
				Files.writeString(this.home.resolve("cgroup.subtree_control"), "+cpu");
			}
			Files.createDirectories(this.group);
			Files.writeString(this.group.resolve("cgroup.procs"), String.valueOf(pid));
		}
		catch (IOException ex) {
			throw new Problem("CPU quotas need root and control groups: " + ex);
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

	@Override
	public void close() throws IOException {
		if (Files.exists(Path.of("/proc/" + this.pid))) {
			Files.writeString(this.home.resolve("cgroup.procs"), String.valueOf(this.pid));
		}
		Files.deleteIfExists(this.group);
	}

}
