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

import dev.agora.feed.audience.Follow;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Members who do this and that, and the plain computation of their feeds. Everything that
 * is on its way between the parts is a row of steps; steps of different rows are taken in
 * any order, some rows twice, and Redis forgets in between.
 */
final class FeedModel {

	private final FeedStores feed;

	private final Random random;

	private final List<String> members;

	private final List<String> reserved;

	private final Set<String> listed = new HashSet<>();

	private final Map<String, String> alive = new HashMap<>();

	private final Map<String, Set<String>> following = new HashMap<>();

	private final Map<String, Long> versions = new HashMap<>();

	private final List<Deque<Runnable>> underWay = new ArrayList<>();

	FeedModel(FeedStores feed, long seed) {
		this.feed = feed;
		this.random = new Random(seed);
		this.members = IntStream.range(0, 6).mapToObj((number) -> feed.ids.next()).toList();
		this.reserved = new ArrayList<>(IntStream.range(0, 30).mapToObj((number) -> feed.ids.next()).toList());
		this.members.forEach((member) -> this.following.put(member, new HashSet<>()));
	}

	/**
	 * One thing happens, chosen by chance.
	 * @param haste how often of ten times it is something under way that goes on
	 */
	void step(int haste) {
		if (this.random.nextInt(10) < haste) {
			goOnOrLook();
		}
		else {
			begin();
		}
	}

	/**
	 * Everything under way arrives; then every feed must be right, in pages of any size.
	 */
	void settleAndCompare() {
		while (!this.underWay.isEmpty()) {
			goOnOrLook();
		}
		for (String member : this.members) {
			for (int limit : new int[] { 1, 3, FeedStores.HISTORY, 100 }) {
				assertThat(this.feed.feed(member, limit)).as("feed of %s by %d", member, limit)
					.isEqualTo(expected(member));
			}
		}
	}

	private void begin() {
		int chance = this.random.nextInt(20);
		if (chance < 8) {
			post();
		}
		else if (chance < 11) {
			listLate();
		}
		else if (chance < 14) {
			delete();
		}
		else if (chance < 19) {
			followOrLeave();
		}
		else {
			forget();
		}
	}

	private List<String> expected(String member) {
		return this.alive.entrySet()
			.stream()
			.filter((post) -> post.getValue().equals(member) || this.following.get(member).contains(post.getValue()))
			.map(Map.Entry::getKey)
			.sorted(Comparator.reverseOrder())
			.toList();
	}

	private void post() {
		String author = any(this.members);
		String id = this.feed.post(author);
		this.alive.put(id, author);
		if (this.random.nextBoolean()) {
			this.feed.cache.pushToAuthor(author, id).block();
		}
		fanOut(id, author);
	}

	/** An id that is older than what many lists begin with. */
	private void listLate() {
		if (!this.reserved.isEmpty()) {
			String id = this.reserved.remove(this.random.nextInt(this.reserved.size()));
			String author = any(this.members);
			this.feed.list(id, author);
			this.listed.add(id);
			this.alive.put(id, author);
			fanOut(id, author);
		}
	}

	private void fanOut(String id, String author) {
		List<List<String>> batches = new ArrayList<>();
		Deque<Runnable> steps = new ArrayDeque<>();
		steps.add(() -> this.feed.activityCache.invalidate(id, 1).block());
		steps.add(() -> batches.addAll(FeedStores.get(this.feed.fanOut.audience(author).buffer(2).collectList())));
		IntStream.range(0, 4)
			.<Runnable>mapToObj((at) -> () -> batches.stream()
				.skip(at)
				.limit(1)
				.forEach((owners) -> this.feed.cache.push(owners, id).block()))
			.forEach(steps::add);
		perhapsTwice(steps);
	}

	private void delete() {
		List<String> posts = this.alive.keySet().stream().filter((id) -> !this.listed.contains(id)).sorted().toList();
		if (!posts.isEmpty()) {
			String id = any(posts);
			this.feed.activities.delete(id, Objects.requireNonNull(this.alive.remove(id))).block();
			perhapsTwice(new ArrayDeque<>(List.of(() -> this.feed.activityCache.invalidate(id, 2).block())));
		}
	}

	private void followOrLeave() {
		String follower = any(this.members);
		String followee = any(this.members.stream().filter((member) -> !member.equals(follower)).toList());
		String edge = follower + ":" + followee;
		long version = this.versions.merge(edge, 1L, Long::sum);
		Set<String> theirs = this.following.get(follower);
		boolean starts = theirs.add(followee) || !theirs.remove(followee);
		perhapsTwice(new ArrayDeque<>(List.of(() -> {
			if (starts) {
				this.feed.follows.start(edge, version, new Follow(follower, followee)).block();
			}
			else {
				this.feed.follows.end(edge, version).block();
			}
		}, () -> this.feed.cache.drop(follower).block())));
	}

	private void makeList() {
		String owner = any(this.members);
		if (this.feed.open(owner) instanceof TimelineLookup.Claimed claimed) {
			List<Timelines.Made> made = new ArrayList<>();
			this.underWay.add(new ArrayDeque<>(List.of(() -> made.add(FeedStores.get(this.feed.timelines.make(owner))),
					() -> this.feed.complete(owner, claimed.token(), made.get(0)))));
		}
	}

	private void forget() {
		if (this.random.nextInt(3) == 0) {
			this.feed.flush();
		}
		else {
			this.feed.cache.drop(any(this.members)).block();
		}
	}

	private void perhapsTwice(Deque<Runnable> steps) {
		this.underWay.add(steps);
		if (this.random.nextInt(4) == 0) {
			this.underWay.add(new ArrayDeque<>(steps));
		}
	}

	private void goOnOrLook() {
		int chance = this.random.nextInt(10);
		if (chance == 0) {
			makeList();
		}
		else if (chance == 1) {
			this.feed.feed(any(this.members), 1 + this.random.nextInt(12));
		}
		else {
			goOn();
		}
	}

	private void goOn() {
		if (!this.underWay.isEmpty()) {
			Deque<Runnable> steps = any(this.underWay);
			steps.remove().run();
			if (steps.isEmpty()) {
				this.underWay.remove(steps);
			}
		}
	}

	private <T> T any(List<T> items) {
		return items.get(this.random.nextInt(items.size()));
	}

}
