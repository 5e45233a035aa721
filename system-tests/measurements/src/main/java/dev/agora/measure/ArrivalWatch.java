package dev.agora.measure;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import redis.clients.jedis.Jedis;

/**
 * Watches the timeline of one follower in Redis, and notes when each activity arrives, to
 * a third of a millisecond. One script pushes an activity to all of up to 100 timelines,
 * so it arrives in each of them at the same time.
 */
final class ArrivalWatch implements AutoCloseable {

	private static final int WATCHED = 48;

	private static final long PAUSE_NANOS = 200_000;

	private static final long LIMIT_SECONDS = 30;

	private final Map<String, Long> arrivals = new ConcurrentHashMap<>();

	private final Redis server;

	private final String timeline;

	private final Thread thread = new Thread(this::watch, "arrivals");

	private volatile boolean closed;

	/**
	 * Starts to watch.
	 * @param timeline the key of the timeline
	 */
	ArrivalWatch(RunningSystem.Instance redis, String timeline) {
		this.server = new Redis(redis);
		this.timeline = timeline;
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void watch() {
		try (Jedis redis = this.server.connect()) {
			while (!this.closed) {
				List<String> newest = redis.lrange(this.timeline, 0, WATCHED - 1);
				if (newest.stream().noneMatch(this.arrivals::containsKey)) {
					// More were pushed since the last reading than one reading shows.
					newest = redis.lrange(this.timeline, 0, -1);
				}
				record(newest, System.nanoTime());
				LockSupport.parkNanos(PAUSE_NANOS);
			}
		}
	}

	private void record(List<String> ids, long now) {
		ids.forEach((id) -> this.arrivals.putIfAbsent(id, now));
	}

	/** Waits until some activities have arrived. */
	void await(Collection<String> ids) throws InterruptedException {
		long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
		while (!this.arrivals.keySet().containsAll(ids)) {
			if (System.nanoTime() > deadline) {
				throw new Problem("Not all posts have arrived in the feed within " + LIMIT_SECONDS + " s.");
			}
			TimeUnit.MILLISECONDS.sleep(20);
		}
	}

	/** Returns when an activity arrived, by {@link System#nanoTime()}. */
	long arrivalOf(String id) {
		Long arrival = this.arrivals.get(id);
		if (arrival == null) {
			throw new Problem("The feed lacks " + id + ".");
		}
		return arrival;
	}

	@Override
	public void close() {
		this.closed = true;
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
