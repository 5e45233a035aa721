package dev.agora.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import redis.clients.jedis.Jedis;

/**
 * Lets Redis lose or replace what it has of feeds, and kills processes, at random moments
 * of a round; each killed process is started again.
 */
final class FeedFaults implements Callable<Void> {

	private final RunningSystem system;

	private final ProcessControl control;

	private final Redis redis;

	private final List<FeedMember> members;

	private final SplittableRandom random;

	private final AtomicInteger remaining;

	private final Map<String, Integer> counts = new TreeMap<>();

	/**
	 * Creates the faults of a round.
	 * @param remaining the steps that are left; the round is over at zero
	 */
	FeedFaults(RunningSystem system, List<FeedMember> members, SplittableRandom random, AtomicInteger remaining) {
		this.system = system;
		this.control = new ProcessControl(system);
		this.redis = new Redis(system.instances("redis").values().iterator().next());
		this.members = members;
		this.random = random;
		this.remaining = remaining;
	}

	@Override
	public Void call() throws IOException, InterruptedException {
		while (this.remaining.get() > 0) {
			TimeUnit.MILLISECONDS.sleep(this.random.nextInt(100, 1500));
			strike();
		}
		return null;
	}

	/** Returns how often each fault happened. */
	Map<String, Integer> counts() {
		return this.counts;
	}

	private void strike() throws IOException, InterruptedException {
		int percent = this.random.nextInt(100);
		String timeline = "feed:timeline:v1:{" + this.members.get(this.random.nextInt(this.members.size())).id() + "}";
		if (percent < 20) {
			this.redis.flush();
			count("Redis flushed");
		}
		else if (percent < 55) {
			try (Jedis client = this.redis.connect()) {
				client.del(timeline);
			}
			count("timeline lost");
		}
		else if (percent < 75) {
			// In one step, since a reader who meets a missing timeline builds it.
			try (Jedis client = this.redis.connect()) {
				client.eval("redis.call('DEL', KEYS[1]) return redis.call('SADD', KEYS[1], 'junk')", 1, timeline);
			}
			count("timeline replaced by a set");
		}
		else {
			kill((percent < 90) ? "feed-service" : (percent < 95) ? "redis" : "graph-service");
		}
	}

	private void kill(String service) throws IOException, InterruptedException {
		List<String> processes = new ArrayList<>(new TreeMap<>(this.system.instances(service)).keySet());
		this.control.killAndStart(processes.get(this.random.nextInt(processes.size())));
		count("kill -9 " + service);
	}

	private void count(String fault) {
		this.counts.merge(fault, 1, Integer::sum);
	}

}
