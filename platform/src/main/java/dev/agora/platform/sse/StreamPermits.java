package dev.agora.platform.sse;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Flux;

import dev.agora.platform.metrics.CapacityMeters;
import dev.agora.platform.permit.OwnerPermits;
import dev.agora.platform.problem.TooManyRequests;
import dev.agora.platform.problem.Unavailable;

/** Bounds the open streams of an instance, for each member and in all. */
public final class StreamPermits {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

	private final OwnerPermits byMember;

	private final int perInstance;

	private final AtomicInteger open = new AtomicInteger();

	public StreamPermits(int perMember, int perInstance) {
		this.byMember = new OwnerPermits(perMember);
		this.perInstance = perInstance;
	}

	/** Returns the number of open streams. */
	public int open() {
		return this.open.get();
	}

	/**
	 * Registers the open streams.
	 * @param resource the name of the streams in the metrics
	 */
	public void register(MeterRegistry meters, String resource) {
		CapacityMeters.register(meters, resource, this::open, () -> this.perInstance);
	}

	/**
	 * Counts a stream from its subscription until it ends.
	 * @throws TooManyRequests if the member has too many streams
	 * @throws Unavailable if this instance has too many streams
	 */
	public <T> Flux<T> withPermit(String member, Flux<T> stream) {
		return Flux.defer(() -> {
			acquire(member);
			return stream.doFinally((signal) -> release(member));
		});
	}

	private void acquire(String member) {
		if (!this.byMember.tryAcquire(member)) {
			throw new TooManyRequests("too-many-streams",
					"You have " + this.byMember.max() + " open streams. Close one, or poll instead.", RETRY_AFTER);
		}
		if (this.open.incrementAndGet() > this.perInstance) {
			release(member);
			throw new Unavailable("Too many streams are open. Poll instead, or try again later.", RETRY_AFTER);
		}
	}

	private void release(String member) {
		this.open.decrementAndGet();
		this.byMember.release(member);
	}

}
