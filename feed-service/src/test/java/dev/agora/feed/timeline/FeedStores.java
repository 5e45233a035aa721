package dev.agora.feed.timeline;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.Activity;
import dev.agora.feed.activity.ActivityCache;
import dev.agora.feed.activity.ActivityProduct;
import dev.agora.feed.activity.ActivityRenderer;
import dev.agora.feed.activity.Author;
import dev.agora.feed.activity.Price;
import dev.agora.feed.audience.Block;
import dev.agora.feed.audience.BlockFilter;
import dev.agora.feed.audience.BlockProjection;
import dev.agora.feed.audience.FeedAuthors;
import dev.agora.feed.audience.Follow;
import dev.agora.feed.audience.FollowProjection;
import dev.agora.feed.audience.HiddenMembersCache;
import dev.agora.feed.fanout.FanOutSettings;
import dev.agora.feed.fanout.TestFanOut;
import dev.agora.feed.rendered.RenderedActivity;
import dev.agora.platform.cache.ObjectCaches;
import dev.agora.platform.cache.envelope.CacheSettings;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.redis.RedisGuard;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestRedisServer;
import dev.agora.platform.web.Consistency;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

/** The feed over real stores, with timelines so short that tests cross every bound. */
final class FeedStores implements AutoCloseable {

	static final int HISTORY = 8;

	static final int MAX_ENTRIES = 14;

	private static final Clock CLOCK = Clock.systemUTC();

	private static final CacheSettings CACHE = new CacheSettings(Duration.ofMinutes(5), Duration.ofHours(1),
			Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(2), Duration.ofSeconds(3),
			Duration.ofSeconds(4), 128, Duration.ofMillis(250));

	final TestRedisServer redisServer;

	final IdGenerator ids = new IdGenerator(CLOCK);

	final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	final FollowProjection follows;

	final BlockProjection blocks;

	final HiddenMembersCache hidden;

	final BlockFilter filter;

	final Activities activities;

	final ActivityCache activityCache;

	final VisibleActivities visible;

	final TimelineCache cache;

	final Timelines timelines;

	final TestFanOut fanOut;

	final TestMongoServer mongoServer = new TestMongoServer();

	final RedissonClient redisson;

	final RedisGuard guard;

	private final ObjectCaches caches;

	private long version;

	/** Creates stores whose clients of Redis wait longer than a busy machine needs. */
	FeedStores() {
		this(new FanOutSettings(1000, 0.1, 8), Duration.ofMinutes(1));
	}

	FeedStores(FanOutSettings fanOutSettings, Duration commandTimeout) {
		this.redisServer = TestRedisServer.started(commandTimeout);
		this.redisson = this.redisServer.client();
		this.guard = new RedisGuard(this.redisson, this.redisServer.settings(), this.meters);
		JsonMapper json = JsonMapper.builder().build();
		DocumentStore store = new DocumentStore(this.mongoServer.database("feed"), json, CLOCK);
		this.caches = new ObjectCaches(this.guard, CACHE, this.meters, json, CLOCK);
		TimelineSettings settings = new TimelineSettings(HISTORY, MAX_ENTRIES, Duration.ofMinutes(5),
				Duration.ofSeconds(20), 3);
		this.follows = new FollowProjection(store);
		this.blocks = new BlockProjection(store);
		this.hidden = new HiddenMembersCache(this.caches, this.blocks);
		this.filter = new BlockFilter(this.blocks, this.hidden);
		this.activities = new Activities(store, this.ids, CLOCK);
		ActivityRenderer renderer = new ActivityRenderer(json);
		this.activityCache = new ActivityCache(this.caches, this.activities, renderer);
		this.visible = new VisibleActivities(this.activities, this.filter, renderer);
		this.cache = new TimelineCache(this.redisson, this.guard, this.ids, settings, this.meters);
		this.fanOut = new TestFanOut(store, this.cache, settings, fanOutSettings, this.meters);
		this.timelines = new Timelines(this.cache, new FeedAuthors(this.follows, this.blocks, this.fanOut.pulled),
				this.visible, this.activityCache, settings);
		store.migrate().block();
	}

	/** A member posts; the event is not yet published. */
	String post(String author) {
		return get(this.activities.add((at) -> Activity.post(author(author), "Post by " + author, null, at),
				Optional.empty()))
			.id();
	}

	/** A member posts, and the fan-out is complete. */
	String publish(String author) {
		String id = post(author);
		this.fanOut.run(id, author);
		return id;
	}

	/** The event of a listed product arrives, perhaps repeated. */
	void list(String productId, String seller) {
		ActivityProduct lamp = new ActivityProduct(productId, "A lamp", new Price(new BigDecimal("12.50"), "EUR"), 1);
		this.activities.addOnce(productId, Activity.listing(author(seller), lamp, Instant.EPOCH)).block();
	}

	/** A member deletes a post. */
	void delete(String id, String author) {
		this.activities.delete(id, author).then(this.activityCache.remove(id)).block();
	}

	/** Returns the id of a new member who follows another. */
	String followerOf(String followee) {
		String follower = this.ids.next();
		follow(follower, followee);
		return follower;
	}

	/** The event of a started follow arrives. */
	void follow(String follower, String followee) {
		this.follows.upsert(follower + ":" + followee, ++this.version, new Follow(follower, followee)).block();
		this.cache.evict(follower).block();
	}

	/** The event of an ended follow reaches the projection; the timeline still exists. */
	void endFollow(String follower, String followee) {
		this.follows.remove(follower + ":" + followee, ++this.version).block();
	}

	/** The event of a started block arrives. */
	void block(String blocker, String blocked) {
		projectBlock(blocker, blocked);
		evictBlock(blocker, blocked);
	}

	/** The event of a started block reaches the projection alone. */
	void projectBlock(String blocker, String blocked) {
		this.blocks.upsert(new Block(blocker, blocked), ++this.version).block();
	}

	/** The event of an ended block arrives. */
	void endBlock(String blocker, String blocked) {
		this.blocks.remove(new Block(blocker, blocked), ++this.version).block();
		evictBlock(blocker, blocked);
	}

	private void evictBlock(String... members) {
		for (String member : members) {
			this.hidden.evict(member).then(this.cache.evict(member)).block();
		}
	}

	/** Whether a reader with the default consistency sees what a member did. */
	boolean shows(String viewer, String member) {
		return !get(this.filter.hides(viewer, member, Consistency.SESSION));
	}

	/** A reader finds no timeline and claims its build. */
	String claim(String owner) {
		return ((TimelineLookup.BuildClaimed) openOrClaim(owner)).token();
	}

	TimelineLookup openOrClaim(String owner) {
		return get(this.cache.openOrClaim(owner, null, 100));
	}

	boolean complete(String owner, String token, Timeline built) {
		return get(this.cache.complete(owner, token, built));
	}

	/** Reads the whole feed in pages. */
	List<String> feed(String owner, int limit) {
		return get(this.timelines.page(owner, new PageRequest(limit, null))
			.expand((page) -> Mono.justOrEmpty(page.next())
				.flatMap((cursor) -> this.timelines.page(owner, new PageRequest(limit, cursor))))
			.concatMapIterable(Page::items)
			.map(RenderedActivity::id)
			.collectList());
	}

	/** Counts the reads with a result: from the timeline, built, or from the store. */
	double reads(String result) {
		return this.meters.counter("feed.timeline.reads", "result", result).count();
	}

	/** Reads the elements of a list in Redis, the seal last. */
	List<String> raw(String owner) {
		return this.redisson.<String>getList(TimelineCache.key(owner), StringCodec.INSTANCE).readAll();
	}

	void putRaw(String owner, List<String> elements) {
		this.redisson.<String>getList(TimelineCache.key(owner), StringCodec.INSTANCE).addAll(elements);
	}

	static Author author(String id) {
		return new Author(id, id.toLowerCase(Locale.ROOT), id, 1);
	}

	static <T> T get(Mono<T> mono) {
		return Objects.requireNonNull(mono.block(Duration.ofMinutes(1)));
	}

	@Override
	public void close() {
		this.caches.close();
		this.guard.close();
		this.redisson.shutdown();
		this.redisServer.close();
		this.mongoServer.close();
	}

}
