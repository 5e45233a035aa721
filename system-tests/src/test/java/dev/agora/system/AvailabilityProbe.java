package dev.agora.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;

/**
 * Sends one kind of request repeatedly and measures the longest time without a success.
 */
final class AvailabilityProbe {

	private static final int THREADS = 3;

	private final String name;

	private final Duration pause;

	private final IntPredicate request;

	private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

	private final List<Future<?>> futures = new ArrayList<>();

	private final AtomicInteger sent = new AtomicInteger();

	private int succeeded;

	private int failed;

	private long lastSuccess = System.nanoTime();

	private Duration longestGap = Duration.ZERO;

	private Duration slowest = Duration.ZERO;

	private volatile boolean running = true;

	/**
	 * Starts to send requests on three threads.
	 * @param name the name of the kind of request
	 * @param pause the time between two requests of one thread
	 * @param request sends the request with the given number and returns whether the
	 * response was the expected one
	 */
	AvailabilityProbe(String name, Duration pause, IntPredicate request) {
		this.name = name;
		this.pause = pause;
		this.request = request;
		for (int i = 0; i < THREADS; i++) {
			this.futures.add(this.threads.submit(this::sendRepeatedly));
		}
	}

	/** Stops and throws the first exception of a request. */
	void finish() throws InterruptedException, ExecutionException, TimeoutException {
		this.running = false;
		for (Future<?> each : this.futures) {
			each.get(90, TimeUnit.SECONDS);
		}
		this.threads.shutdown();
	}

	/** Returns the longest time without a success until now. */
	synchronized Duration longestGap() {
		Duration current = Duration.ofNanos(System.nanoTime() - this.lastSuccess);
		return (this.running && current.compareTo(this.longestGap) > 0) ? current : this.longestGap;
	}

	synchronized int succeeded() {
		return this.succeeded;
	}

	@Override
	public synchronized String toString() {
		return String.format(Locale.ROOT,
				"%s: %d succeeded, %d failed, longest time without a success %.1f s, slowest response %.1f s",
				this.name, this.succeeded, this.failed, this.longestGap.toMillis() / 1000.0,
				this.slowest.toMillis() / 1000.0);
	}

	private void sendRepeatedly() {
		while (this.running) {
			long start = System.nanoTime();
			record(this.request.test(this.sent.getAndIncrement()), start);
			LockSupport.parkNanos(this.pause.toNanos());
		}
	}

	private synchronized void record(boolean success, long start) {
		long now = System.nanoTime();
		this.longestGap = longer(this.longestGap, now - this.lastSuccess);
		if (!success) {
			this.failed++;
			return;
		}
		this.succeeded++;
		this.slowest = longer(this.slowest, now - start);
		this.lastSuccess = now;
	}

	private static Duration longer(Duration one, long nanos) {
		Duration other = Duration.ofNanos(nanos);
		return (other.compareTo(one) > 0) ? other : one;
	}

}
