package dev.agora.feed.timeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A random history of members' actions, with a plain computation of their feeds. Each
 * action has a queue of pending steps. Steps of different queues run in any order, some
 * queues run twice, and Redis loses timelines in between.
 */
final class FeedModel {

	private final FeedStores feed;

	private final Random random;

	private final List<String> members;

	private final List<String> reserved;

	private final Set<String> listed = new HashSet<>();

	private final Map<String, String> published = new HashMap<>();

	private final AudienceModel audience;

	private final List<Deque<Runnable>> pending = new ArrayList<>();

	FeedModel(FeedStores feed, long seed) {
		this.feed = feed;
		this.random = new Random(seed);
		this.members = IntStream.range(0, 6).mapToObj((number) -> feed.ids.next()).toList();
		this.reserved = new ArrayList<>(IntStream.range(0, 30).mapToObj((number) -> feed.ids.next()).toList());
		this.audience = new AudienceModel(feed);
	}

	/**
	 * Takes a random step: a new action starts, or a pending one continues.
	 * @param progressBias in how many of ten cases a pending action continues
	 */
	void step(int progressBias) {
		if (this.random.nextInt(10) < progressBias) {
			stepOrRead();
		}
		else {
			begin();
		}
	}

	/**
	 * Runs all pending steps, and compares every feed with the expected one, in pages of
	 * several sizes, and also whom each member sees.
	 */
	void finishAndCompare() {
		while (!this.pending.isEmpty()) {
			stepOrRead();
		}
		for (String member : this.members) {
			for (int limit : new int[] { 1, 3, FeedStores.HISTORY, 100 }) {
				assertThat(this.feed.feed(member, limit)).as("feed of %s by %d", member, limit)
					.isEqualTo(expected(member));
			}
			this.members.forEach((other) -> assertThat(this.feed.shows(member, other)).as("%s for %s", other, member)
				.isEqualTo(this.audience.shows(member, other)));
		}
	}

	private void begin() {
		int chance = this.random.nextInt(20);
		if (chance < 8) {
			post();
		}
		else if (chance < 11) {
			publishBackdated();
		}
		else if (chance < 14) {
			delete();
		}
		else if (chance < 19) {
			changeAudience();
		}
		else {
			loseTimelines();
		}
	}

	private List<String> expected(String member) {
		return this.published.entrySet()
			.stream()
			.filter((post) -> this.audience.feeds(member, post.getValue()))
			.map(Map.Entry::getKey)
			.sorted(Comparator.reverseOrder())
			.toList();
	}

	private void post() {
		String author = any(this.members);
		String id = this.feed.post(author);
		this.published.put(id, author);
		if (this.random.nextBoolean()) {
			this.feed.cache.pushToAuthor(author, id).block();
		}
		fanOut(id, author);
	}

	/** Publishes an activity with an id below the watermark of many timelines. */
	private void publishBackdated() {
		if (!this.reserved.isEmpty()) {
			String id = this.reserved.remove(this.random.nextInt(this.reserved.size()));
			String author = any(this.members);
			this.feed.list(id, author);
			this.listed.add(id);
			this.published.put(id, author);
			fanOut(id, author);
		}
	}

	private void fanOut(String id, String author) {
		List<List<String>> batches = new ArrayList<>();
		Deque<Runnable> steps = new ArrayDeque<>();
		steps.add(() -> this.feed.activityCache.invalidate(id, 1).block());
		steps.add(() -> batches.addAll(FeedStores.get(this.feed.fanOut.audienceOf(author).buffer(2).collectList())));
		IntStream.range(0, 4)
			.<Runnable>mapToObj((at) -> () -> batches.stream()
				.skip(at)
				.limit(1)
				.forEach((owners) -> this.feed.cache.push(owners, id).block()))
			.forEach(steps::add);
		runOnceOrTwice(steps);
	}

	private void delete() {
		List<String> posts = this.published.keySet()
			.stream()
			.filter((id) -> !this.listed.contains(id))
			.sorted()
			.toList();
		if (!posts.isEmpty()) {
			String id = any(posts);
			this.feed.activities.delete(id, Objects.requireNonNull(this.published.remove(id))).block();
			runOnceOrTwice(new ArrayDeque<>(List.of(() -> this.feed.activityCache.invalidate(id, 2).block())));
		}
	}

	private void changeAudience() {
		String member = any(this.members);
		String other = any(this.members.stream().filter((each) -> !each.equals(member)).toList());
		List<List<Runnable>> events = (this.random.nextInt(3) > 0)
				? List.of(this.audience.followOrUnfollow(member, other)) : this.audience.blockOrUnblock(member, other);
		events.forEach((steps) -> runOnceOrTwice(new ArrayDeque<>(steps)));
	}

	private void startBuild() {
		String owner = any(this.members);
		if (this.feed.openOrClaim(owner) instanceof TimelineLookup.BuildClaimed claimed) {
			List<Timelines.BuiltTimeline> built = new ArrayList<>();
			this.pending.add(new ArrayDeque<>(List.of(() -> built.add(FeedStores.get(this.feed.timelines.build(owner))),
					() -> this.feed.complete(owner, claimed.token(), built.get(0)))));
		}
	}

	private void loseTimelines() {
		if (this.random.nextInt(3) == 0) {
			this.feed.flush();
		}
		else {
			this.feed.cache.evict(any(this.members)).block();
		}
	}

	private void runOnceOrTwice(Deque<Runnable> steps) {
		this.pending.add(steps);
		if (this.random.nextInt(4) == 0) {
			this.pending.add(new ArrayDeque<>(steps));
		}
	}

	private void stepOrRead() {
		int chance = this.random.nextInt(10);
		if (chance == 0) {
			startBuild();
		}
		else if (chance == 1) {
			this.feed.feed(any(this.members), 1 + this.random.nextInt(12));
			this.feed.shows(any(this.members), any(this.members));
		}
		else {
			runNextStep();
		}
	}

	private void runNextStep() {
		if (!this.pending.isEmpty()) {
			Deque<Runnable> steps = any(this.pending);
			steps.remove().run();
			if (steps.isEmpty()) {
				this.pending.remove(steps);
			}
		}
	}

	private <T> T any(List<T> items) {
		return items.get(this.random.nextInt(items.size()));
	}

}
