package dev.agora.measure;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads CPU times from Linux. */
final class Cpu {

	/** {@code USER_HZ}: the unit of /proc on every Linux that Java runs on. */
	private static final double TICKS_PER_SECOND = 100;

	private static final int USER = 11;

	private static final int SYSTEM = 12;

	private static final int CHILDREN_USER = 13;

	private static final int CHILDREN_SYSTEM = 14;

	private static final int IDLE = 4;

	private static final int IO_WAIT = 5;

	/** The network of the loopback device, which belongs to no process. */
	private static final int SOFT_INTERRUPTS = 7;

	private Cpu() {
	}

	/** Returns the user and system time of a process in seconds. */
	static double ofProcess(long pid) throws IOException {
		return sum(String.valueOf(pid), USER, SYSTEM);
	}

	/** Returns the time of a process and of its ended children in seconds. */
	static double ofFamily(long pid) throws IOException {
		String process = String.valueOf(pid);
		return sum(process, USER, SYSTEM) + sum(process, CHILDREN_USER, CHILDREN_SYSTEM);
	}

	/** Returns the times of the threads of a process in ns, by their folders. */
	static Map<String, Long> ofThreads(long pid) throws IOException {
		Map<String, Long> times = new HashMap<>();
		try (DirectoryStream<Path> threads = Files.newDirectoryStream(Path.of("/proc", String.valueOf(pid), "task"))) {
			for (Path thread : threads) {
				addTime(thread, times);
			}
		}
		return times;
	}

	private static void addTime(Path thread, Map<String, Long> times) throws IOException {
		try {
			String running = Files.readString(thread.resolve("schedstat")).split(" ", 2)[0];
			times.put(thread.toString(), Long.valueOf(running));
		}
		catch (NoSuchFileException ex) {
			// The thread has ended since the directory was read.
		}
	}

	/** Returns the time of the ended children of this process in seconds. */
	static double ofEndedChildren() throws IOException {
		return sum("self", CHILDREN_USER, CHILDREN_SYSTEM);
	}

	private static double sum(String process, int one, int other) throws IOException {
		String stat = Files.readString(Path.of("/proc", process, "stat"));
		List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
		return (Long.parseLong(fields.get(one)) + Long.parseLong(fields.get(other))) / TICKS_PER_SECOND;
	}

	/**
	 * Returns the time that processes used of all cores since the start of the machine in
	 * seconds.
	 */
	static double ofMachine() throws IOException {
		List<String> fields = List.of(Files.readAllLines(Path.of("/proc/stat")).get(0).split(" +"));
		long busy = 0;
		for (int field = 1; field < fields.size(); field++) {
			boolean isOfProcess = field != IDLE && field != IO_WAIT && field != SOFT_INTERRUPTS;
			busy += isOfProcess ? Long.parseLong(fields.get(field)) : 0;
		}
		return busy / TICKS_PER_SECOND;
	}

}
