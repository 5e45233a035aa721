package dev.agora.feed.timeline;

import java.util.List;
import java.util.Random;

import org.redisson.client.codec.StringCodec;

/** Lets Redis lose or replace what it has of feeds, wholly or one key at a time. */
final class RedisLosses {

	private static final List<ForeignValue> FOREIGN = List.of(ForeignValue.values());

	private final FeedStores feed;

	private final Random random;

	RedisLosses(FeedStores feed, Random random) {
		this.feed = feed;
		this.random = random;
	}

	/**
	 * Loses something.
	 * @param owner the owner of a timeline
	 * @param activities the ids of activities
	 */
	void lose(String owner, List<String> activities) {
		switch (this.random.nextInt(activities.isEmpty() ? 5 : 7)) {
			case 0 -> this.feed.redisson.getKeys().flushall();
			case 1 -> this.feed.redisson.getScript().scriptFlush();
			case 2 -> this.feed.cache.evict(owner).block();
			case 3 -> delete("feed:hidden:v1:{" + owner + "}");
			case 4 -> FOREIGN.get(this.random.nextInt(FOREIGN.size())).replaceTimeline(this.feed, owner);
			case 5 -> delete(activityKey(activities));
			default -> replaceByList(activityKey(activities));
		}
	}

	private String activityKey(List<String> activities) {
		return "feed:activity:v3:{" + activities.get(this.random.nextInt(activities.size())) + "}";
	}

	private void delete(String key) {
		this.feed.redisson.getKeys().delete(key);
	}

	private void replaceByList(String key) {
		delete(key);
		this.feed.redisson.getList(key, StringCodec.INSTANCE).add("junk");
	}

}
