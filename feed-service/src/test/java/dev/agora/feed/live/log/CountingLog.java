package dev.agora.feed.live.log;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** A log that counts its scans, each of which delays all streams of an instance. */
public final class CountingLog extends LiveLog {

	private final AtomicInteger scans = new AtomicInteger();

	public CountingLog(LiveTopics topics, int capacity) {
		super(topics, capacity, Clock.systemUTC());
	}

	@Override
	public List<LiveEvent> list(Predicate<LiveEvent> filter) {
		this.scans.incrementAndGet();
		return super.list(filter);
	}

	/** Returns the number of scans since the last call. */
	public int takeScans() {
		return this.scans.getAndSet(0);
	}

}
