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

import dev.agora.feed.rendered.RenderedActivity;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A random history of members' actions, with a plain computation of their feeds. Each
 * action has a queue of pending steps. Steps of different queues run in any order, some
 * queues run twice, and Redis loses all or some of what it has in between. Authors cross
 * the threshold of push and pull.
 */
final class FeedModel {

	private static final int MAX_PAGE = 100;

	private final FeedStores feed;

	private final Random random;

	private final List<String> members;

	private final List<String> reserved;

	private final Set<String> listed = new HashSet<>();

	private final Map<String, String> published = new HashMap<>();

	private final AudienceModel audience;

	private final RedisLosses losses;

	/** The members whose follows or blocks have changed since the last comparison. */
	private final Set<String> unsettled = new HashSet<>();

	/** The activities that were delivered before the last comparison. */
	private final Set<String> delivered = new HashSet<>();

	private final List<Deque<Runnable>> pending = new ArrayList<>();

	FeedModel(FeedStores feed, long seed) {
		this.feed = feed;
		this.random = new Random(seed);
		this.members = IntStream.range(0, 6).mapToObj((number) -> feed.ids.next()).toList();
		this.reserved = new ArrayList<>(IntStream.range(0, 30).mapToObj((number) -> feed.ids.next()).toList());
		this.audience = new AudienceModel(feed);
		this.losses = new RedisLosses(feed, this.random);
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
		this.unsettled.clear();
		this.delivered.clear();
		this.delivered.addAll(this.published.keySet());
		for (String member : this.members) {
			assertThat(fromStore(member)).as("the store's feed of %s", member)
				.isEqualTo(expected(member).stream().limit(MAX_PAGE).toList());
			for (int limit : new int[] { 1 + this.random.nextInt(FeedStores.MAX_ENTRIES), MAX_PAGE }) {
				assertThat(this.feed.feed(member, limit)).as("feed of %s by %d", member, limit)
					.isEqualTo(expected(member));
			}
			this.members.forEach((other) -> assertThat(this.feed.shows(member, other)).as("%s for %s", other, member)
				.isEqualTo(this.audience.shows(member, other)));
		}
	}

	private List<String> fromStore(String member) {
		Page<RenderedActivity> page = FeedStores
			.get(this.feed.timelines.pageFromStore(member, new PageRequest(MAX_PAGE, null)));
		return page.items().stream().map(RenderedActivity::id).toList();
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
			this.losses.lose(any(this.members), this.published.keySet().stream().sorted().toList());
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
		Deque<Runnable> prepared = new ArrayDeque<>();
		runOnceOrTwice(new ArrayDeque<>(List.of(() -> this.feed.activityCache.invalidateAll(Map.of(id, 1L)).block(),
				() -> prepared.add(this.feed.fanOut.prepare(id, author)), () -> prepared.getLast().run())));
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
			runOnceOrTwice(
					new ArrayDeque<>(List.of(() -> this.feed.activityCache.invalidateAll(Map.of(id, 2L)).block())));
		}
	}

	private void changeAudience() {
		String member = any(this.members);
		String other = any(this.members.stream().filter((each) -> !each.equals(member)).toList());
		this.unsettled.addAll(List.of(member, other));
		List<List<Runnable>> events = (this.random.nextInt(3) > 0)
				? List.of(this.audience.followOrUnfollow(member, other)) : this.audience.blockOrUnblock(member, other);
		events.forEach((steps) -> runOnceOrTwice(new ArrayDeque<>(steps)));
	}

	private void startBuild() {
		String owner = any(this.members);
		if (this.feed.openOrClaim(owner) instanceof TimelineLookup.BuildClaimed claimed) {
			List<Timeline> built = new ArrayList<>();
			this.pending.add(new ArrayDeque<>(List.of(() -> built.add(FeedStores.get(this.feed.timelines.build(owner))),
					() -> this.feed.complete(owner, claimed.token(), built.get(0)))));
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
			readAndCheck(any(this.members));
			this.feed.shows(any(this.members), any(this.members));
		}
		else {
			runNextStep();
		}
	}

	/**
	 * Reads a feed while events are pending: it has everything that was delivered before
	 * them, whatever Redis has lost since.
	 */
	private void readAndCheck(String member) {
		List<String> read = this.feed.feed(member, 1 + this.random.nextInt(12));
		assertThat(read).as("order").isSortedAccordingTo(Comparator.reverseOrder()).doesNotHaveDuplicates();
		if (!this.unsettled.contains(member)) {
			assertThat(read).as("feed of %s while events are pending", member)
				.containsAll(expected(member).stream().filter(this.delivered::contains).toList());
		}
	}

	private void runNextStep() {
		if (!this.pending.isEmpty()) {
			Deque<Runnable> steps = any(this.pending);
			steps.remove().run();
			this.pending.removeIf(Deque::isEmpty);
			this.feed.fanOut.takeWork().forEach((work) -> runOnceOrTwice(new ArrayDeque<>(List.of(work))));
		}
	}

	private <T> T any(List<T> items) {
		return items.get(this.random.nextInt(items.size()));
	}

}
