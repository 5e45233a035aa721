package dev.agora.feed.timeline;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
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

import dev.agora.feed.audience.PulledAuthor;
import dev.agora.feed.fanout.FanOutSettings;

import static org.assertj.core.api.Assertions.assertThat;

/** Lets authors cross the threshold between push and pull. */
class ThresholdStoreTests {

	/** More than 7 followers are pulled, fewer than 4 are pushed again. */
	private static final FanOutSettings SETTINGS = new FanOutSettings(6, 0.3, 2);

	private static FeedStores feed;

	private String ann;

	private List<String> loyal;

	private List<String> others;

	@BeforeAll
	static void start() {
		feed = new FeedStores(SETTINGS, Duration.ofMinutes(1));
	}

	@AfterAll
	static void stop() {
		feed.close();
	}

	@BeforeEach
	void threeFollowAnn() {
		this.ann = feed.ids.next();
		this.loyal = IntStream.range(0, 3).mapToObj((number) -> feed.ids.next()).toList();
		this.others = IntStream.range(0, 8).mapToObj((number) -> feed.ids.next()).toList();
		this.loyal.forEach((follower) -> feed.follow(follower, this.ann));
	}

	@Test
	void pushesNothingOfAPulledAuthorAndShowsItNevertheless() {
		String before = feed.publish(this.ann);
		this.loyal.forEach((follower) -> assertThat(feed.feed(follower, 10)).containsExactly(before));
		gainFollowers();
		String crossing = feed.publish(this.ann);
		assertThat(state()).isEqualTo(new PulledAuthor(this.ann, true));
		String after = feed.publish(this.ann);
		this.loyal.forEach((follower) -> {
			assertThat(feed.raw(follower)).contains(before).doesNotContain(crossing, after);
			assertThat(feed.feed(follower, 10)).containsExactly(after, crossing, before);
			assertThat(feed.feed(follower, 1)).containsExactly(after, crossing, before);
		});
		assertThat(feed.feed(this.ann, 10)).containsExactly(after, crossing, before);
	}

	@Test
	void readsTheStoreOnceWhenItBuildsATimelineWithAPulledAuthor() {
		gainFollowers();
		String crossing = feed.publish(this.ann);
		String after = feed.publish(this.ann);
		assertThat(feed.feed(this.loyal.get(0), 10)).containsExactly(after, crossing);
		int finds = feed.mongoServer.count("find", "activities");
		assertThat(feed.feed(this.loyal.get(1), 10)).containsExactly(after, crossing);
		assertThat(feed.mongoServer.count("find", "activities") - finds).isEqualTo(1);
		assertThat(feed.raw(this.loyal.get(1))).last().asString().endsWith(this.ann);
		String last = feed.publish(this.ann);
		assertThat(feed.feed(this.loyal.get(1), 10)).containsExactly(last, after, crossing);
	}

	@Test
	void keepsAnAuthorPulledBetweenTheBounds() {
		gainFollowers();
		feed.publish(this.ann);
		this.others.stream().skip(2).forEach(this::loseFollower);
		feed.publish(this.ann);
		assertThat(state()).isEqualTo(new PulledAuthor(this.ann, true));
		this.others.stream().limit(2).forEach(this::loseFollower);
		feed.publish(this.ann);
		assertThat(state()).isNull();
	}

	@Test
	void pushesAgainToTimelinesThatKnowThePulledAuthor() {
		this.loyal.forEach((follower) -> feed.feed(follower, 10));
		gainFollowers();
		String pulled = feed.publish(this.ann);
		this.others.forEach(this::loseFollower);
		String pushed = feed.publish(this.ann);
		this.loyal.forEach((follower) -> {
			assertThat(feed.raw(follower)).contains(pushed);
			assertThat(feed.feed(follower, 10)).containsExactly(pushed, pulled);
		});
	}

	@Test
	void discardsABuildThatTookAPulledAuthorForAPushedOne() {
		String follower = this.loyal.get(0);
		String token = feed.claim(follower);
		Timeline built = FeedStores.get(feed.timelines.build(follower));
		gainFollowers();
		String crossing = feed.publish(this.ann);
		assertThat(feed.complete(follower, token, built)).isFalse();
		String after = feed.publish(this.ann);
		assertThat(feed.feed(follower, 10)).containsExactly(after, crossing);
	}

	@Test
	void ignoresAMarkThatReadTheFollowersBeforeAnUnfollow() {
		gainFollowers();
		String follower = this.loyal.get(0);
		String crossing = feed.post(this.ann);
		feed.fanOut.start(crossing, this.ann);
		feed.fanOut.takeWork().forEach(Runnable::run);
		loseFollower(follower);
		assertThat(feed.feed(follower, 10)).isEmpty();
		feed.fanOut.takeWork().forEach(Runnable::run);
		assertThat(feed.raw(follower).get(0)).endsWith(this.ann);
		assertThat(feed.feed(follower, 10)).isEmpty();
	}

	@Test
	void continuesBelowTheWatermarkWithAPulledAuthor() {
		gainFollowers();
		String bob = this.loyal.get(0);
		List<String> posts = IntStream.range(0, 3 * FeedStores.HISTORY)
			.mapToObj((number) -> feed.publish((number % 3 == 0) ? bob : this.ann))
			.toList();
		feed.feed(bob, 10);
		posts = Stream
			.concat(posts.stream(), Stream.of(feed.publish(this.ann), feed.publish(bob), feed.publish(this.ann)))
			.sorted(Comparator.reverseOrder())
			.toList();
		for (int limit = 1; limit <= posts.size() + 1; limit++) {
			assertThat(feed.feed(bob, limit)).isEqualTo(posts);
		}
	}

	@Test
	void losesAndDoublesNothingWhileAnAuthorCrossesBothWaysUnderLoad() throws Exception {
		Set<String> delivered = ConcurrentHashMap.newKeySet();
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			Future<Integer> crossings = threads.submit(() -> crossBothWays(delivered));
			List<Future<Void>> readers = this.loyal.stream()
				.map((follower) -> threads.submit(readUntil(crossings, follower, delivered)))
				.toList();
			assertThat(crossings.get(2, TimeUnit.MINUTES)).isEqualTo(6);
			for (Future<Void> reader : readers) {
				reader.get(1, TimeUnit.MINUTES);
			}
		}
		finally {
			threads.shutdownNow();
		}
		Stream.concat(this.loyal.stream(), this.others.stream())
			.forEach((member) -> assertThat(feed.feed(member, 7)).isEqualTo(this.loyal.contains(member)
					? delivered.stream().sorted(Comparator.reverseOrder()).toList() : List.of()));
	}

	/** Returns how often the author changed between push and pull. */
	private int crossBothWays(Set<String> delivered) {
		int crossings = 0;
		for (int round = 0; round < 6; round++) {
			boolean wasPulled = state() != null;
			for (String follower : this.others) {
				if (wasPulled) {
					loseFollower(follower);
				}
				else {
					feed.follow(follower, this.ann);
				}
				delivered.add(feed.publish(this.ann));
			}
			crossings += (wasPulled == (state() != null)) ? 0 : 1;
		}
		return crossings;
	}

	private static Callable<Void> readUntil(Future<Integer> end, String follower, Set<String> delivered) {
		return () -> {
			while (!end.isDone()) {
				List<String> before = List.copyOf(delivered);
				List<String> read = feed.feed(follower, 5);
				assertThat(read).containsAll(before)
					.isSortedAccordingTo(Comparator.reverseOrder())
					.doesNotHaveDuplicates();
			}
			return null;
		};
	}

	private @Nullable PulledAuthor state() {
		return FeedStores.get(feed.fanOut.pulled.find(this.ann)).value();
	}

	private void gainFollowers() {
		this.others.forEach((follower) -> feed.follow(follower, this.ann));
	}

	private void loseFollower(String follower) {
		feed.endFollow(follower, this.ann);
		feed.cache.evict(follower).block();
	}

}
