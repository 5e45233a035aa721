package dev.agora.feed.timeline;

import java.util.List;
import java.util.stream.Stream;

import org.redisson.api.RType;
import org.redisson.client.codec.StringCodec;

/** The kinds of foreign values under the key of a timeline. */
enum ForeignValue {

	TEXT, HASH, SET, UNSEALED, BROKEN_SEAL, BROKEN_CLAIM,

	/** A list of an instance of a version whose lists are not sorted. */
	OLDER_SEAL,

	/** Such an instance has pushed an id that is there already, or is late. */
	UNSORTED;

	/** Replaces the list of a timeline by this value. */
	void replaceTimeline(FeedStores feed, String owner) {
		String key = TimelineCache.key(owner);
		List<String> before = elements(feed, key);
		feed.redisson.getKeys().delete(key);
		switch (this) {
			case TEXT -> feed.redisson.getBucket(key, StringCodec.INSTANCE).set("junk");
			case HASH -> feed.redisson.getMap(key, StringCodec.INSTANCE).put("junk", "junk");
			case SET -> feed.redisson.getSet(key, StringCodec.INSTANCE).add("junk");
			case UNSEALED -> feed.putRaw(owner, List.of("junk"));
			case BROKEN_SEAL -> feed.putRaw(owner, List.of("sorted " + run(feed) + " x"));
			case BROKEN_CLAIM -> feed.putRaw(owner, List.of("building " + run(feed)));
			case OLDER_SEAL ->
				feed.putRaw(owner, List.of(owner, "complete " + run(feed) + " 0000000000000 " + owner + " -"));
			case UNSORTED -> feed.putRaw(owner, unsorted(before));
		}
	}

	private static List<String> elements(FeedStores feed, String key) {
		return (feed.redisson.getKeys().getType(key) == RType.LIST)
				? feed.redisson.<String>getList(key, StringCodec.INSTANCE).readAll() : List.of();
	}

	/** Repeats the lowest id before all others. */
	private static List<String> unsorted(List<String> elements) {
		return (elements.size() < 2) ? elements
				: Stream.concat(Stream.of(elements.get(elements.size() - 2)), elements.stream()).toList();
	}

	/** Returns the current run of Redis, which is part of every seal. */
	private static String run(FeedStores feed) {
		String other = feed.ids.next();
		feed.openOrClaim(other);
		return feed.raw(other).get(0).split(" ", -1)[1];
	}

}
