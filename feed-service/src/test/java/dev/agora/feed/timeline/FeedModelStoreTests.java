package dev.agora.feed.timeline;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.agora.feed.fanout.FanOutSettings;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares feeds with their plain computation, for many orders of events. */
class FeedModelStoreTests {

	private static final int STEPS = 5_000;

	private static final int STEPS_PER_MODEL = 250;

	private static final int COMPARISONS = 5;

	private static FeedStores feed;

	@BeforeAll
	static void start() {
		feed = new FeedStores(new FanOutSettings(3, 0.1, 2), Duration.ofMinutes(1));
	}

	@AfterAll
	static void stop() {
		feed.close();
	}

	@Test
	void losingRedisNeverChangesWhatAReaderSees() {
		long seed = new Random().nextLong();
		System.out.println("Seed " + seed);
		Random random = new Random(seed);
		for (int steps = 0; steps < STEPS; steps += STEPS_PER_MODEL) {
			FeedModel model = new FeedModel(feed, random.nextLong());
			for (int comparison = 0; comparison < COMPARISONS; comparison++) {
				int progressBias = 1 + random.nextInt(9);
				IntStream.range(0, STEPS_PER_MODEL / COMPARISONS).forEach((number) -> model.step(progressBias));
				model.finishAndCompare();
			}
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2 })
	void everyFeedIsCorrectAfterAllEvents(long seed) {
		double list = feed.reads("list");
		FeedModel model = new FeedModel(feed, seed);
		for (int progressBias : new int[] { 8, 2, 9 }) {
			IntStream.range(0, 120).forEach((number) -> model.step(progressBias));
			model.finishAndCompare();
		}
		assertThat(feed.reads("list") - list).isPositive();
	}

}
