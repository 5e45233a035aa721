package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The compiler threads of some JVMs. They use CPU time until the code of a load is
 * compiled, and under a quota they take it from the requests for minutes.
 */
final class CompilerThreads {

	private static final List<String> NAMES = List.of("C1 Compiler", "C2 Compiler");

	private final List<Long> pids;

	private double before;

	private long started;

	CompilerThreads(Collection<RunningSystem.Instance> processes) throws IOException {
		this.pids = processes.stream().map(RunningSystem.Instance::pid).toList();
		restart();
	}

	/**
	 * Returns the cores that a process used to compile since the last call, on average.
	 */
	double cores() throws IOException {
		double used = this.before;
		long since = this.started;
		restart();
		return Math.max(0, this.before - used) / this.pids.size() / ((this.started - since) / 1e9);
	}

	private void restart() throws IOException {
		double seconds = 0;
		for (long pid : this.pids) {
			seconds += seconds(pid);
		}
		this.before = seconds;
		this.started = System.nanoTime();
	}

	private static double seconds(long pid) throws IOException {
		double nanos = 0;
		for (Map.Entry<String, Long> thread : Cpu.ofThreads(pid).entrySet()) {
			nanos += isCompiler(Path.of(thread.getKey())) ? thread.getValue() : 0;
		}
		return nanos / 1e9;
	}

	private static boolean isCompiler(Path thread) throws IOException {
		try {
			String name = Files.readString(thread.resolve("comm"));
			return NAMES.stream().anyMatch(name::startsWith);
		}
		catch (NoSuchFileException ended) {
			return false;
		}
	}

}
