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
 * Hashes wait here for one of a few threads. A hash that would be done too late for its
 * request is refused at once, by the time that hashes took lately and the number of those
 * before it. A caller that gives up leaves the queue. Nothing here takes a lock, since
 * event loops submit and cancel.
 */
final class HashQueue implements AutoCloseable {

	/** A quarter of the time that is left is for the rest of the request. */
	private static final double SHARE_OF_TIME = 0.75;

	private static final int WEIGHT_OF_PAST = 7;

	private final int threads;

	private final int capacity;

	private final LongSupplier nanoTime;

	private final ThreadPoolExecutor executor;

	/** The hashes that wait and those that are made. */
	private final AtomicInteger unfinished = new AtomicInteger();

	/** The nanoseconds that a hash takes: a moving average; 0 before the first. */
	private final AtomicLong hashTime = new AtomicLong();

	HashQueue(int threads, int capacity, LongSupplier nanoTime) {
		this.threads = threads;
		this.capacity = capacity;
		this.nanoTime = nanoTime;
		this.executor = new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedTransferQueue<>(),
				new CustomizableThreadFactory("password-"));
	}

	/**
	 * Does this on one of the threads.
	 * @throws Unavailable if it cannot be done in time; {@code http.server.requests}
	 * shows the 503
	 */
	<T> Mono<T> submit(Callable<T> work) {
		return Mono.deferContextual((context) -> enqueue(work, Deadline.of(context)));
	}

	private <T> Mono<T> enqueue(Callable<T> work, Optional<Deadline> deadline) {
		int position = this.unfinished.incrementAndGet();
		if (position > this.threads + this.capacity || isTooLate(position, left(deadline))) {
			this.unfinished.decrementAndGet();
			return Mono.error(refusal(position));
		}
		return Mono.create((caller) -> new Hash<>(work, deadline, caller).enqueue());
	}

	/** Does this at once, on the caller's thread, for a first estimate. */
	void measure(Runnable work) {
		long begun = this.nanoTime.getAsLong();
		work.run();
		this.hashTime.set(this.nanoTime.getAsLong() - begun);
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
	}

	private long left(Optional<Deadline> deadline) {
		return deadline.map((known) -> known.remaining(this.nanoTime.getAsLong())).orElse(Long.MAX_VALUE);
	}

	/**
	 * What finds a free thread is never refused: a bad estimate must be replaced by a
	 * measurement.
	 */
	private boolean isTooLate(int position, long left) {
		return position > this.threads && expected(position) > left * SHARE_OF_TIME;
	}

	/** The nanoseconds until the hash at a position is done. */
	private double expected(int position) {
		return Math.ceil((double) position / this.threads) * this.hashTime.get();
	}

	private Unavailable refusal(int position) {
		Duration wait = Duration.ofNanos((long) expected(position));
		return new Unavailable("Too many passwords are being checked.", wait.plusSeconds(1));
	}

	private void finished(long nanos) {
		this.unfinished.decrementAndGet();
		this.hashTime
			.updateAndGet((past) -> (past == 0) ? nanos : (WEIGHT_OF_PAST * past + nanos) / (WEIGHT_OF_PAST + 1));
	}

	/** One hash; it is either made or given up. */
	private final class Hash<T> implements Runnable {

		private final Callable<T> work;

		private final Optional<Deadline> deadline;

		private final MonoSink<T> caller;

		private final AtomicBoolean taken = new AtomicBoolean();

		private volatile boolean waited;

		Hash(Callable<T> work, Optional<Deadline> deadline, MonoSink<T> caller) {
			this.work = work;
			this.deadline = deadline;
			this.caller = caller;
		}

		void enqueue() {
			this.waited = HashQueue.this.unfinished.get() > HashQueue.this.threads;
			this.caller.onDispose(this::giveUp);
			HashQueue.this.executor.execute(this);
		}

		/** The entry stays in the executor's queue, which passes over it. */
		private void giveUp() {
			if (this.taken.compareAndSet(false, true)) {
				HashQueue.this.unfinished.decrementAndGet();
			}
		}

		/** What has waited longer than was expected would be too late now. */
		@Override
		public void run() {
			if (!this.taken.compareAndSet(false, true)) {
				return;
			}
			if (this.waited && left(this.deadline) < HashQueue.this.hashTime.get()) {
				HashQueue.this.unfinished.decrementAndGet();
				this.caller.error(refusal(HashQueue.this.threads));
				return;
			}
			make();
		}

		private void make() {
			long begun = HashQueue.this.nanoTime.getAsLong();
			try {
				T result = this.work.call();
				finished(HashQueue.this.nanoTime.getAsLong() - begun);
				this.caller.success(result);
			}
			catch (Throwable ex) {
				finished(HashQueue.this.nanoTime.getAsLong() - begun);
				this.caller.error(ex);
			}
		}

	}

}
