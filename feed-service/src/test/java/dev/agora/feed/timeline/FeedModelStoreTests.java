package dev.agora.feed.timeline;

import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares feeds with their plain computation, for many orders of events. */
class FeedModelStoreTests {

	private static FeedStores feed;

	@BeforeAll
	static void start() {
		feed = new FeedStores();
	}

	@AfterAll
	static void stop() {
		feed.close();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4 })
	void everyFeedIsCorrectAfterAllEvents(long seed) {
		double list = feed.reads("list");
		FeedModel model = new FeedModel(feed, seed);
		for (int progressBias : new int[] { 8, 2, 8, 5, 2, 9 }) {
			IntStream.range(0, 120).forEach((number) -> model.step(progressBias));
			model.finishAndCompare();
		}
		assertThat(feed.reads("list") - list).isPositive();
	}

}
