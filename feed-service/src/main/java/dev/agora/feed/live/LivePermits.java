package dev.agora.feed.live;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import reactor.core.publisher.Flux;

import dev.agora.platform.metrics.CapacityMeters;
import dev.agora.platform.problem.TooManyRequests;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.sse.StreamPermits;

/**
 * Bounds the memory of the streams of an instance: their number, and the number of the
 * authors that they wait for.
 */
public final class LivePermits implements MeterBinder {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

	private final StreamPermits streams;

	private final int maxAuthors;

	private final AtomicInteger authors = new AtomicInteger();

	public LivePermits(LiveSettings settings) {
		this.streams = new StreamPermits(settings.perMember(), settings.perInstance());
		this.maxAuthors = settings.authors();
	}

	@Override
	public void bindTo(MeterRegistry meters) {
		this.streams.register(meters, "live-streams");
		CapacityMeters.register(meters, "live-authors", this.authors::get, () -> this.maxAuthors);
	}

	/** Returns the number of open streams. */
	int open() {
		return this.streams.open();
	}

	/** Returns the number of authors, once for each stream that waits for them. */
	int authors() {
		return this.authors.get();
	}

	/**
	 * Counts a stream from its subscription until it ends.
	 * @throws TooManyRequests if the member has too many streams
	 * @throws Unavailable if this instance has too many streams
	 */
	<T> Flux<T> forStream(String member, Flux<T> stream) {
		return this.streams.withPermit(member, stream);
	}

	/**
	 * Counts the authors of a stream from its subscription until it ends.
	 * @throws Unavailable if the streams of this instance wait for too many authors
	 */
	<T> Flux<T> forAuthors(int number, Flux<T> stream) {
		return Flux.defer(() -> {
			addAuthors(number);
			return stream.doFinally((signal) -> this.authors.addAndGet(-number));
		});
	}

	private void addAuthors(int number) {
		if (this.authors.addAndGet(number) > this.maxAuthors) {
			this.authors.addAndGet(-number);
			throw new Unavailable("The open streams wait for too many members. Poll instead, or try again later.",
					RETRY_AFTER);
		}
	}

}
