package dev.agora.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Measures the CPU time of some processes exactly, thread by thread, without what they
 * need while no request runs.
 */
final class CpuMeter {

	private static final double NANOS_PER_SECOND = 1e9;

	/** How busy an idle process may be, with its timers and connections. */
	private static final double IDLE_CORES = 0.1;

	private static final int IDLE_SECONDS = 3;

	private static final int MAX_BUSY_SECONDS = 60;

	private final List<Long> pids;

	/** The CPU time of the processes without requests, in seconds a second. */
	private double idle;

	private Map<String, Long> threads = Map.of();

	private long started;

	private double busy;

	private double elapsed;

	CpuMeter(Collection<RunningSystem.Instance> processes) {
		this.pids = new ArrayList<>(processes.stream().map(RunningSystem.Instance::pid).toList());
	}

	/** Begins an interval without requests. */
	void startIdle() throws IOException {
		this.idle = 0;
		reset();
		start();
	}

	/** Ends the interval without requests, whose share is no cost of a request. */
	void stopIdle() throws IOException {
		stop();
		this.idle = this.busy / this.elapsed;
	}

	/**
	 * Waits until the processes have little to do for three seconds, such as the pages of
	 * an import to render, but for a minute at most.
	 */
	static void awaitIdle(Collection<RunningSystem.Instance> processes) throws IOException, InterruptedException {
		awaitIdle(processes, MAX_BUSY_SECONDS);
	}

	/**
	 * Waits until the processes have little to do for three seconds.
	 * @param maxSeconds the time after which this no longer waits, which is printed
	 */
	static void awaitIdle(Collection<RunningSystem.Instance> processes, int maxSeconds)
			throws IOException, InterruptedException {
		if (!new CpuMeter(processes).isIdleWithin(maxSeconds)) {
			System.out.printf(
					"The processes are still busy after %d s, so what they need without requests is too high.%n",
					maxSeconds);
		}
	}

	private boolean isIdleWithin(int maxSeconds) throws IOException, InterruptedException {
		int idleSeconds = 0;
		for (int second = 0; second < maxSeconds && idleSeconds < IDLE_SECONDS; second++) {
			reset();
			start();
			TimeUnit.SECONDS.sleep(1);
			stop();
			idleSeconds = (seconds() < IDLE_CORES * this.pids.size()) ? idleSeconds + 1 : 0;
		}
		return idleSeconds >= IDLE_SECONDS;
	}

	/** Returns the cores that a process needs without requests, on average. */
	static double idleCores(Collection<RunningSystem.Instance> processes, int seconds)
			throws IOException, InterruptedException {
		return idleCoresOfEach(processes, seconds).stream().mapToDouble(Double::doubleValue).average().orElseThrow();
	}

	/** Returns the cores that each process needs without requests. */
	static List<Double> idleCoresOfEach(Collection<RunningSystem.Instance> processes, int seconds)
			throws IOException, InterruptedException {
		awaitIdle(processes);
		List<CpuMeter> meters = processes.stream().map((process) -> new CpuMeter(List.of(process))).toList();
		for (CpuMeter meter : meters) {
			meter.startIdle();
		}
		TimeUnit.SECONDS.sleep(seconds);
		for (CpuMeter meter : meters) {
			meter.stopIdle();
		}
		return meters.stream().map((meter) -> meter.idle).toList();
	}

	/** Forgets what was measured so far. */
	void reset() {
		this.busy = 0;
		this.elapsed = 0;
	}

	/** Starts to measure. */
	void start() throws IOException {
		this.threads = read();
		this.started = System.nanoTime();
	}

	/** Adds the time since the start. */
	void stop() throws IOException {
		this.elapsed += (System.nanoTime() - this.started) / NANOS_PER_SECOND;
		for (Map.Entry<String, Long> thread : read().entrySet()) {
			this.busy += (thread.getValue() - this.threads.getOrDefault(thread.getKey(), 0L)) / NANOS_PER_SECOND;
		}
	}

	/** Returns the CPU time that was measured, without that of idle processes. */
	double seconds() {
		return this.busy - this.idle * this.elapsed;
	}

	private Map<String, Long> read() throws IOException {
		Map<String, Long> times = new HashMap<>();
		for (long pid : this.pids) {
			times.putAll(Cpu.ofThreads(pid));
		}
		return times;
	}

}
