package dev.agora.session.password;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.web.Deadline;

/**
 * Runs hashes on a few threads. A hash that is expected to miss the deadline of its
 * request is refused at once. The expectation follows from the recent time per hash and
 * the number of hashes before it. A caller that cancels leaves the queue. The queue takes
 * no locks, since event loops submit and cancel.
 */
final class HashQueue implements AutoCloseable {

	/** A quarter of the remaining time is reserved for the rest of the request. */
	private static final double TIME_SHARE = 0.75;

	private static final int PAST_WEIGHT = 7;

	private final int threads;

	private final int capacity;

	private final LongSupplier nanoTime;

	private final ThreadPoolExecutor executor;

	/** The number of hashes that wait or run. */
	private final AtomicInteger unfinished = new AtomicInteger();

	/** The moving average of the nanoseconds per hash; 0 before the first. */
	private final AtomicLong hashTime = new AtomicLong();

	HashQueue(int threads, int capacity, LongSupplier nanoTime) {
		this.threads = threads;
		this.capacity = capacity;
		this.nanoTime = nanoTime;
		this.executor = new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedTransferQueue<>(),
				new CustomizableThreadFactory("password-"));
	}

	/**
	 * Runs a hash on one of the threads.
	 * @throws Unavailable if it cannot be completed in time; the meter
	 * {@code http.server.requests} counts the 503
	 */
	<T> Mono<T> submit(Callable<T> work) {
		return Mono.deferContextual((context) -> enqueue(work, Deadline.of(context)));
	}

	private <T> Mono<T> enqueue(Callable<T> work, Optional<Deadline> deadline) {
		int position = this.unfinished.incrementAndGet();
		if (position > this.threads + this.capacity || isTooLate(position, remaining(deadline))) {
			this.unfinished.decrementAndGet();
			return Mono.error(refusal(position));
		}
		return Mono.create((caller) -> new Hash<>(work, deadline, caller).enqueue());
	}

	/** Returns the number of hashes that wait or run. */
	int unfinished() {
		return this.unfinished.get();
	}

	/** Returns the maximum number of hashes that wait or run. */
	int limit() {
		return this.threads + this.capacity;
	}

	/** Runs a hash on the caller's thread, for a first estimate. */
	void measure(Runnable work) {
		long start = this.nanoTime.getAsLong();
		work.run();
		this.hashTime.set(this.nanoTime.getAsLong() - start);
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

	private long remaining(Optional<Deadline> deadline) {
		return deadline.map((each) -> each.remaining(this.nanoTime.getAsLong())).orElse(Long.MAX_VALUE);
	}

	/**
	 * A hash that finds a free thread is never refused, so that a measurement can correct
	 * a wrong estimate.
	 */
	private boolean isTooLate(int position, long remaining) {
		return position > this.threads && expected(position) > remaining * TIME_SHARE;
	}

	/** The expected nanoseconds until the hash at a position is completed. */
	private double expected(int position) {
		return Math.ceil((double) position / this.threads) * this.hashTime.get();
	}

	private Unavailable refusal(int position) {
		Duration wait = Duration.ofNanos((long) expected(position));
		return new Unavailable("Too many passwords are being hashed: try again later.", wait.plusSeconds(1));
	}

	private void finished(long nanos) {
		this.unfinished.decrementAndGet();
		this.hashTime.updateAndGet((past) -> (past == 0) ? nanos : (PAST_WEIGHT * past + nanos) / (PAST_WEIGHT + 1));
	}

	/** One hash, which either runs or is cancelled. */
	private final class Hash<T> implements Runnable {

		private final Callable<T> work;

		private final Optional<Deadline> deadline;

		private final MonoSink<T> caller;

		private final AtomicBoolean claimed = new AtomicBoolean();

		private volatile boolean waited;

		Hash(Callable<T> work, Optional<Deadline> deadline, MonoSink<T> caller) {
			this.work = work;
			this.deadline = deadline;
			this.caller = caller;
		}

		void enqueue() {
			this.waited = HashQueue.this.unfinished.get() > HashQueue.this.threads;
			this.caller.onDispose(this::cancel);
			HashQueue.this.executor.execute(this);
		}

		/** The entry stays in the executor's queue and does nothing when it runs. */
		private void cancel() {
			if (this.claimed.compareAndSet(false, true)) {
				HashQueue.this.unfinished.decrementAndGet();
			}
		}

		/** A hash that waited longer than expected would miss its deadline now. */
		@Override
		public void run() {
			if (!this.claimed.compareAndSet(false, true)) {
				return;
			}
			if (this.waited && remaining(this.deadline) < HashQueue.this.hashTime.get()) {
				HashQueue.this.unfinished.decrementAndGet();
				this.caller.error(refusal(HashQueue.this.threads));
				return;
			}
			compute();
		}

		private void compute() {
			long start = HashQueue.this.nanoTime.getAsLong();
			try {
				T result = this.work.call();
				finished(HashQueue.this.nanoTime.getAsLong() - start);
				this.caller.success(result);
			}
			catch (Throwable ex) {
				finished(HashQueue.this.nanoTime.getAsLong() - start);
				this.caller.error(ex);
			}
		}

	}

}
