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

/** One kind of request again and again, and for how long it goes without a success. */
final class AvailabilityProbe {

	private static final int AT_ONCE = 3;

	private final String name;

	private final Duration pause;

	private final IntPredicate request;

	private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);

	private final List<Future<?>> running = new ArrayList<>();

	private final AtomicInteger sent = new AtomicInteger();

	private int succeeded;

	private int failed;

	private long lastSuccess = System.nanoTime();

	private Duration longestGap = Duration.ZERO;

	private Duration slowest = Duration.ZERO;

	private volatile boolean going = true;

	/**
	 * Begins.
	 * @param name what is requested
	 * @param pause between two requests, of each of three threads
	 * @param request sends the one of that number, and says whether it was answered
	 * rightly
	 */
	AvailabilityProbe(String name, Duration pause, IntPredicate request) {
		this.name = name;
		this.pause = pause;
		this.request = request;
		for (int i = 0; i < AT_ONCE; i++) {
			this.running.add(this.threads.submit(this::goOn));
		}
	}

	/** Ends and passes on what a request threw. */
	void finish() throws InterruptedException, ExecutionException, TimeoutException {
		this.going = false;
		for (Future<?> each : this.running) {
			each.get(90, TimeUnit.SECONDS);
		}
		this.threads.shutdown();
	}

	/** The longest time without a success, to this moment. */
	synchronized Duration longestGap() {
		Duration current = Duration.ofNanos(System.nanoTime() - this.lastSuccess);
		return (this.going && current.compareTo(this.longestGap) > 0) ? current : this.longestGap;
	}

	synchronized int succeeded() {
		return this.succeeded;
	}

	@Override
	public synchronized String toString() {
		return String.format(Locale.ROOT,
				"%s: %d answered, %d failed, longest without a success %.1f s, slowest answer %.1f s", this.name,
				this.succeeded, this.failed, this.longestGap.toMillis() / 1000.0, this.slowest.toMillis() / 1000.0);
	}

	private void goOn() {
		while (this.going) {
			long begun = System.nanoTime();
			note(this.request.test(this.sent.getAndIncrement()), begun);
			LockSupport.parkNanos(this.pause.toNanos());
		}
	}

	private synchronized void note(boolean right, long begun) {
		long now = System.nanoTime();
		this.longestGap = longer(this.longestGap, now - this.lastSuccess);
		if (!right) {
			this.failed++;
			return;
		}
		this.succeeded++;
		this.slowest = longer(this.slowest, now - begun);
		this.lastSuccess = now;
	}

	private static Duration longer(Duration one, long nanos) {
		Duration other = Duration.ofNanos(nanos);
		return (other.compareTo(one) > 0) ? other : one;
	}

}
