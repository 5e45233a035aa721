package dev.agora.feed.timeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.client.codec.StringCodec;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pushes in any order, also by an instance of a version whose lists are not sorted.
 */
class TimelineOrderStoreTests {

	private static FeedStores feed;

	private String ann;

	private String bob;

	@BeforeAll
	static void start() {
		feed = new FeedStores();
	}

	@AfterAll
	static void stop() {
		feed.close();
	}

	@BeforeEach
	void bobFollowsAnn() {
		this.ann = feed.ids.next();
		this.bob = feed.ids.next();
		feed.follow(this.bob, this.ann);
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void sortsPushesThatComeInAnyOrderAndRepeatedly(long seed) {
		Random random = new Random(seed);
		List<String> early = Stream.generate(feed.ids::next).limit(5).toList();
		List<String> posts = newestFirst(IntStream.range(0, 6).mapToObj((number) -> feed.post(this.ann)));
		String token = feed.claim(this.bob);
		shuffled(posts.subList(0, 4), random)
			.forEach((id) -> feed.cache.push(List.of(new TimelinePush(List.of(this.bob), id))).block());
		feed.complete(this.bob, token, FeedStores.get(feed.timelines.build(this.bob)));
		shuffled(Stream.of(posts, posts, early).flatMap(List::stream).toList(), random)
			.forEach((id) -> feed.cache.push(List.of(new TimelinePush(List.of(this.bob), id))).block());
		List<String> raw = feed.raw(this.bob);
		assertThat(raw.subList(0, raw.size() - 1))
			.isEqualTo(newestFirst(Stream.concat(posts.stream(), early.stream())));
		assertThat(feed.feed(this.bob, 2)).isEqualTo(posts);
	}

	private static List<String> shuffled(List<String> ids, Random random) {
		List<String> shuffled = new ArrayList<>(ids);
		Collections.shuffle(shuffled, random);
		return shuffled;
	}

	@Test
	void trimsATimelineThatIsTooLong() {
		feed.feed(this.bob, 10);
		List<String> posts = newestFirst(
				IntStream.range(0, FeedStores.MAX_ENTRIES + 3).mapToObj((number) -> feed.publish(this.ann)));
		assertThat(feed.raw(this.bob)).hasSize(FeedStores.HISTORY + 4)
			.startsWith(posts.get(0), posts.get(1))
			.doesNotContain(posts.get(posts.size() - 1));
		double built = feed.reads("built");
		assertThat(feed.feed(this.bob, 4)).isEqualTo(posts);
		assertThat(feed.reads("built")).isEqualTo(built);
	}

	@Test
	void discardsABuildDuringWhichTooManyIdsWerePushed() {
		String token = feed.claim(this.bob);
		Timeline built = FeedStores.get(feed.timelines.build(this.bob));
		List<String> posts = newestFirst(
				IntStream.range(0, FeedStores.MAX_ENTRIES + 1).mapToObj((number) -> feed.publish(this.ann)));
		assertThat(feed.complete(this.bob, token, built)).isFalse();
		assertThat(feed.feed(this.bob, 4)).isEqualTo(posts);
	}

	/** Newer ids were pushed after the repeated one, so it can be at any place above. */
	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7 })
	void showsNoDisorderOfAnOlderInstance(int limit) {
		List<String> posts = posts(FeedStores.HISTORY - 1);
		feed.feed(this.bob, 100);
		List<String> raw = feed.raw(this.bob);
		List<String> shown = new ArrayList<>(posts);
		for (String deleted : List.of(posts.get(0), posts.get(3))) {
			feed.delete(deleted, this.ann);
			shown.remove(deleted);
		}
		for (String repeated : posts) {
			for (int place = 0; place <= posts.indexOf(repeated); place++) {
				List<String> disordered = new ArrayList<>(raw);
				disordered.add(place, repeated);
				replaceList(disordered);
				assertThat(feed.feed(this.bob, limit)).as("%s at %d", repeated, place).isEqualTo(shown);
			}
		}
	}

	@Test
	void discardsABuildDuringWhichAnOlderInstancePushed() {
		String late = feed.ids.next();
		List<String> posts = posts(FeedStores.HISTORY);
		String token = feed.claim(this.bob);
		Timeline built = FeedStores.get(feed.timelines.build(this.bob));
		posts = newestFirst(Stream.concat(posts.stream(), Stream.of(feed.publish(this.ann), late)));
		feed.list(late, this.ann);
		pushAsAnOlderInstance(late);
		assertThat(feed.complete(this.bob, token, built)).isFalse();
		assertThat(feed.feed(this.bob, 3)).isEqualTo(posts);
	}

	/** Otherwise its lowest id would be the watermark, and higher ones were cut off. */
	@Test
	void deletesALongListThatIsNotSortedWhereItIsCut() {
		List<String> posts = posts(FeedStores.MAX_ENTRIES);
		feed.feed(this.bob, 100);
		List<String> raw = feed.raw(this.bob);
		List<String> disordered = new ArrayList<>(posts.subList(0, FeedStores.MAX_ENTRIES - 2));
		disordered.add(FeedStores.HISTORY - 2, posts.get(FeedStores.MAX_ENTRIES - 1));
		disordered.add(raw.get(raw.size() - 1));
		replaceList(disordered);
		posts = newestFirst(Stream.concat(posts.stream(), Stream.of(feed.publish(this.ann))));
		assertThat(feed.raw(this.bob)).isEmpty();
		assertThat(feed.feed(this.bob, 3)).isEqualTo(posts);
	}

	private List<String> posts(int count) {
		return newestFirst(IntStream.range(0, count).mapToObj((number) -> feed.publish(this.ann)));
	}

	private void pushAsAnOlderInstance(String id) {
		feed.redisson.<String>getDeque(TimelineCache.key(this.bob), StringCodec.INSTANCE).addFirst(id);
	}

	private void replaceList(List<String> elements) {
		feed.cache.evict(this.bob).block();
		feed.putRaw(this.bob, elements);
	}

	private static List<String> newestFirst(Stream<String> ids) {
		return ids.sorted(Collections.reverseOrder()).toList();
	}

}
