package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.util.SplittableRandom;

import redis.clients.jedis.Jedis;

/**
 * Feeds in Redis alone: the timelines of members are filled with ids, and sorted sets of
 * the same length are the reference.
 */
final class FeedSets implements AutoCloseable {

	/** The average length of timelines, which are trimmed from 1,000 to 500 entries. */
	private static final int LENGTH = 800;

	private static final int SHORTEST = 550;

	private static final int LONGEST = 1_000;

	private static final long SEED = 800;

	/** All sets together need 45 MB of the 128 MB of Redis. */
	private static final int SETS = 480;

	private static final int SETS_PER_CALL = 10;

	private static final int PARTS = 3;

	/**
	 * A set gets 100 entries in a part. The number is a multiple of the requests in
	 * flight: redis-benchmark before 6.2 sends whole pipelines and counts only those
	 * requested.
	 */
	private static final int ADDITIONS = SETS * 100;

	private static final String FILL = """
			local seal = redis.call('RPOP', KEYS[1])
			for id = redis.call('LLEN', KEYS[1]), ARGV[1] - 1 do
			  redis.call('RPUSH', KEYS[1], string.format('00%011d', 1000000 - id))
			end
			return redis.call('RPUSH', KEYS[1], seal)
			""";

	private static final String SET = "'measure:feed:' .. string.format('%012d', set)";

	private final RunningSystem.Instance server;

	private final Redis redis;

	/** Creates the sets. */
	FeedSets(RunningSystem.Instance server) {
		this.server = server;
		this.redis = new Redis(server);
		inEachSet("for entry = 1, " + LENGTH + " do redis.call('ZADD', key, entry, string.format('%024d', entry)) end");
	}

	/**
	 * Fills the timelines of members to various lengths, with ids that no activity has.
	 * They are the last ones before the seal.
	 */
	void fillTimelines(SocialMembers members) {
		SplittableRandom random = new SplittableRandom(SEED);
		try (Jedis client = this.redis.connect()) {
			for (int member = 0; member < members.graph().size(); member++) {
				client.eval(FILL, 1, key(members.id(member)), String.valueOf(random.nextInt(SHORTEST, LONGEST)));
			}
		}
	}

	/**
	 * Returns the number of members who have a timeline, and its average length. A list
	 * of one element is the claim of a build.
	 */
	double[] countTimelines(SocialMembers members) {
		long existing = 0;
		long entries = 0;
		try (Jedis client = this.redis.connect()) {
			for (int member = 0; member < members.graph().size(); member++) {
				long length = client.llen(key(members.id(member)));
				existing += (length > 1) ? 1 : 0;
				entries += length;
			}
		}
		return new double[] { existing, (double) entries / Math.max(1, existing) };
	}

	/**
	 * Returns how many entries a second redis-benchmark adds to the sets, which are
	 * trimmed between its parts.
	 */
	double addedPerSecond() throws IOException, InterruptedException {
		double seconds = 0;
		for (int part = 0; part < PARTS; part++) {
			inEachSet("redis.call('ZREMRANGEBYRANK', key, 0, -" + (LENGTH - ADDITIONS / SETS / 2 + 1) + ")");
			seconds += RedisBenchmark
				.load(this.server.pid(), URI.create(this.server.url()).getPort(), ADDITIONS, "-P", "100", "-r",
						String.valueOf(SETS), "ZADD", "measure:feed:__rand_int__", "__rand_int__",
						"__rand_int____rand_int__")
				.seconds();
		}
		return PARTS * ADDITIONS / seconds;
	}

	/** A call changes few sets, so that it delays no other client. */
	private void inEachSet(String action) {
		try (Jedis client = this.redis.connect()) {
			for (int first = 0; first < SETS; first += SETS_PER_CALL) {
				client.eval("for set = %d, %d do local key = %s %s end".formatted(first, first + SETS_PER_CALL - 1, SET,
						action));
			}
		}
	}

	private static String key(String member) {
		return "feed:timeline:v1:{" + member + "}";
	}

	/** Deletes the sets. */
	@Override
	public void close() {
		inEachSet("redis.call('DEL', key)");
	}

}
