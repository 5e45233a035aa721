package dev.agora.launcher.process.supervision;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import dev.agora.launcher.process.Probe;
import dev.agora.launcher.root.DaemonThreads;

/**
 * Prints during a long start which processes are not ready, and which store they wait
 * for.
 */
public final class StartupMonitor implements AutoCloseable {

	/** Short enough to print the first line within ten seconds. */
	static final Duration INTERVAL = Duration.ofSeconds(8);

	private final Map<String, Long> starting = new ConcurrentSkipListMap<>();

	private final Map<String, Probe> stores = new ConcurrentSkipListMap<>();

	private final ScheduledExecutorService timer = Executors
		.newSingleThreadScheduledExecutor(new DaemonThreads("startup-monitor"));

	private final Consumer<String> out;

	StartupMonitor(Duration interval, Consumer<String> out) {
		this.out = out;
		Future<?> unused = this.timer.scheduleWithFixedDelay(this::report, interval.toMillis(), interval.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	/** Watches a process that is being started. */
	void begin(String process) {
		this.starting.put(process, System.nanoTime());
	}

	/** Stops watching a process that is ready or has failed. */
	void end(String process) {
		this.starting.remove(process);
	}

	/** Watches a store that the services need and the launcher does not start. */
	public void watchStore(String store, Probe probe) {
		this.stores.put(store, probe);
	}

	private void report() {
		long first = this.starting.values().stream().mapToLong(Long::longValue).min().orElse(Long.MAX_VALUE);
		long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - first);
		if (first == Long.MAX_VALUE) {
			return;
		}
		String names = String.join(", ", this.starting.keySet());
		this.out.accept("Not ready after " + seconds + " s: " + names + ".");
		this.stores.forEach((store, probe) -> {
			if (!isReady(probe)) {
				this.out.accept("The services wait for " + store
						+ ", which accepts no connections. Start it, or correct its address.");
			}
		});
	}

	private static boolean isReady(Probe probe) {
		try {
			return probe.isReady();
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return true;
		}
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
	}

}
