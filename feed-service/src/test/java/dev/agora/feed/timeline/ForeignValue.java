package dev.agora.feed.timeline;

import java.util.List;

import org.redisson.client.codec.StringCodec;

/** The kinds of foreign values under the key of a timeline. */
enum ForeignValue {

	TEXT, HASH, SET, UNSEALED, BROKEN_SEAL, BROKEN_CLAIM;

	/** Replaces the list of a timeline by this value. */
	void replaceTimeline(FeedStores feed, String owner) {
		String key = TimelineCache.key(owner);
		feed.redisson.getKeys().delete(key);
		switch (this) {
			case TEXT -> feed.redisson.getBucket(key, StringCodec.INSTANCE).set("junk");
			case HASH -> feed.redisson.getMap(key, StringCodec.INSTANCE).put("junk", "junk");
			case SET -> feed.redisson.getSet(key, StringCodec.INSTANCE).add("junk");
			case UNSEALED -> feed.putRaw(owner, List.of("junk"));
			case BROKEN_SEAL -> feed.putRaw(owner, List.of("sorted " + run(feed) + " x"));
			case BROKEN_CLAIM -> feed.putRaw(owner, List.of("building " + run(feed)));
		}
	}

	/** Returns the current run of Redis, which is part of every seal. */
	private static String run(FeedStores feed) {
		String other = feed.ids.next();
		feed.openOrClaim(other);
		return feed.raw(other).get(0).split(" ", -1)[1];
	}

}
