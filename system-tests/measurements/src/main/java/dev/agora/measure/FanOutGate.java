package dev.agora.measure;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import reactor.core.publisher.Mono;

/**
 * Holds posts back while too many of those before are not yet delivered to all followers,
 * so that a load of posts cannot outrun the fan-out. Redis counts the deliveries.
 */
final class FanOutGate implements AutoCloseable {

	/** A delivery adds an id to a timeline, before others if it is late. */
	private static final String[] PUSHES = { "lpushx", "linsert" };

	private static final long POLL_MILLIS = 10;

	private static final Duration PAUSE = Duration.ofMillis(5);

	private final ScheduledExecutorService poller = Executors.newSingleThreadScheduledExecutor();

	private final ScheduledFuture<?> polls;

	private final AtomicLong posted = new AtomicLong();

	private final Redis redis;

	private final int pushesPerPost;

	private volatile long pushes;

	private volatile long pushesBefore;

	private volatile int limit;

	/**
	 * Opens the gate.
	 * @param pushesPerPost the timelines that get a post
	 */
	FanOutGate(Redis redis, int pushesPerPost) {
		this.redis = redis;
		this.pushesPerPost = pushesPerPost;
		this.pushes = redis.calls(PUSHES);
		this.polls = this.poller.scheduleWithFixedDelay(this::poll, POLL_MILLIS, POLL_MILLIS, TimeUnit.MILLISECONDS);
	}

	private void poll() {
		this.pushes = this.redis.calls(PUSHES);
	}

	/** Starts to count, with a limit on the posts that are not yet delivered. */
	void reset(int limit) {
		this.posted.set(0);
		this.pushesBefore = this.pushes;
		this.limit = limit;
	}

	/** Sends a post as soon as few enough others are not yet delivered. */
	Mono<String> send(Mono<String> post) {
		return Mono.fromSupplier(this::isOpen)
			.filter(Boolean::booleanValue)
			.repeatWhenEmpty((empty) -> empty.delayElements(PAUSE))
			.then(post)
			.doOnNext((failure) -> this.posted.addAndGet(failure.isEmpty() ? 1 : 0));
	}

	private boolean isOpen() {
		return this.posted.get() - delivered() < this.limit;
	}

	/** Returns the number of posts that were delivered to all followers. */
	double delivered() {
		if (this.polls.isDone()) {
			throw new Problem("Redis does not count the deliveries.");
		}
		return (double) (this.pushes - this.pushesBefore) / this.pushesPerPost;
	}

	@Override
	public void close() {
		this.poller.shutdownNow();
	}

}
