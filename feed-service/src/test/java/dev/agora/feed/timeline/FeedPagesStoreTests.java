package dev.agora.feed.timeline;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.agora.feed.rendered.RenderedActivity;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads feeds page by page across the end of the timeline while they change. */
class FeedPagesStoreTests {

	private static final int POSTS = 3 * FeedStores.HISTORY;

	private static FeedStores feed;

	private String ann;

	private String bob;

	private List<String> posts;

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
		this.bob = feed.followerOf(this.ann);
		this.posts = IntStream.range(0, POSTS)
			.mapToObj((number) -> feed.publish(this.ann))
			.sorted(Comparator.reverseOrder())
			.toList();
	}

	/** The item of the cursor is in the timeline, at its end, or in the store alone. */
	@ParameterizedTest
	@ValueSource(ints = { 3, FeedStores.HISTORY - 1, FeedStores.HISTORY, FeedStores.HISTORY + 3 })
	void continuesAfterACursorWhoseItemWasDeleted(int read) {
		Page<RenderedActivity> first = page(read, null);
		String cursor = Objects.requireNonNull(first.next());
		assertThat(cursor).isEqualTo(this.posts.get(read - 1));
		feed.delete(cursor, this.ann);
		feed.delete(this.posts.get(read), this.ann);
		assertThat(rest(cursor, 4)).isEqualTo(this.posts.subList(read + 1, POSTS));
		feed.redisson.getKeys().flushall();
		assertThat(rest(cursor, 4)).isEqualTo(this.posts.subList(read + 1, POSTS));
	}

	@Test
	void losesAndDoublesNothingAtTheEndOfTheTimelineWhilePostsArrive() throws Exception {
		ExecutorService poster = Executors.newSingleThreadExecutor();
		try {
			Future<?> posting = poster.submit(() -> IntStream.range(0, 60).forEach((number) -> feed.publish(this.ann)));
			do {
				List<String> read = feed.feed(this.bob, 3);
				assertThat(read).isSortedAccordingTo(Comparator.reverseOrder()).doesNotHaveDuplicates();
				assertThat(read.subList(read.size() - POSTS, read.size())).isEqualTo(this.posts);
			}
			while (!posting.isDone());
			posting.get(1, TimeUnit.MINUTES);
		}
		finally {
			poster.shutdownNow();
		}
	}

	/**
	 * The ids of its posts are a few seconds too old. They are sorted by their ids, and
	 * the timeline does not end above them.
	 */
	@Test
	void showsAPostOfAnInstanceWhoseClockIsBehindOnTheFirstPage() {
		String carol = feed.ids.next();
		feed.follow(this.bob, carol);
		feed.feed(this.bob, 5);
		Clock late = Clock.offset(Clock.systemUTC(), IdGenerator.TOLERANCE.negated().plus(Duration.ofSeconds(1)));
		String post = new IdGenerator(late).next();
		feed.list(post, carol);
		feed.fanOut.run(post, carol);
		List<String> expected = Stream.concat(this.posts.stream(), Stream.of(post))
			.sorted(Comparator.reverseOrder())
			.toList();
		assertThat(post).isLessThan(this.posts.get(0));
		assertThat(page(expected.size(), null).items()).extracting(RenderedActivity::id).isEqualTo(expected);
		assertThat(feed.feed(this.bob, 3)).isEqualTo(expected);
	}

	private List<String> rest(String cursor, int limit) {
		List<String> ids = new ArrayList<>();
		for (@Nullable
		String next = cursor; next != null;) {
			Page<RenderedActivity> page = page(limit, next);
			page.items().forEach((item) -> ids.add(item.id()));
			next = page.next();
		}
		return ids;
	}

	private Page<RenderedActivity> page(int limit, @Nullable String cursor) {
		return FeedStores.get(feed.timelines.page(this.bob, new PageRequest(limit, cursor)));
	}

}
