package dev.agora.feed.timeline;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.netty.channel.EventLoop;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.netty.http.HttpResources;

import dev.agora.feed.rendered.RenderedActivity;
import dev.agora.platform.web.PageRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replaces timelines by foreign values, and repeats fan-outs.
 */
class ForeignListsStoreTests {

	private static FeedStores feed;

	private String ann;

	private String bob;

	private List<String> others;

	@BeforeAll
	static void start() {
		feed = new FeedStores();
	}

	@AfterAll
	static void stop() {
		feed.close();
	}

	@BeforeEach
	void manyFollowAnn() {
		this.ann = feed.ids.next();
		this.bob = feed.ids.next();
		this.others = IntStream.range(0, 20).mapToObj((each) -> feed.ids.next()).toList();
		followers().forEach((follower) -> {
			feed.follow(follower, this.ann);
			feed.feed(follower, 10);
		});
	}

	@ParameterizedTest
	@EnumSource
	void pushesToOtherTimelinesDespiteAForeignValue(ForeignValue foreign) {
		foreign.replaceTimeline(feed, this.bob);
		List<String> posts = Stream.generate(() -> feed.publish(this.ann))
			.limit(3)
			.sorted(Comparator.reverseOrder())
			.toList();
		followers().forEach((follower) -> assertThat(feed.feed(follower, 10)).isEqualTo(posts));
		this.others.forEach((other) -> assertThat(pushed(other)).isEqualTo(posts));
		assertThat(feed.guard.isAvailable()).isTrue();
	}

	@ParameterizedTest
	@EnumSource
	void replacesAForeignValueWhenTheOwnerReads(ForeignValue foreign) {
		String post = feed.publish(this.ann);
		foreign.replaceTimeline(feed, this.bob);
		assertThat(feed.feed(this.bob, 10)).containsExactly(post);
		double built = feed.reads("built");
		assertThat(feed.feed(this.bob, 10)).containsExactly(post);
		assertThat(feed.reads("built")).isEqualTo(built);
		assertThat(pushed(this.bob)).containsExactly(post);
	}

	@ParameterizedTest
	@EnumSource
	void readsTheTimelinesOfOneTurnDespiteAForeignValue(ForeignValue foreign) {
		String post = feed.publish(this.ann);
		foreign.replaceTimeline(feed, this.bob);
		EventLoop loop = HttpResources.get().onServer(true).next();
		List<List<String>> read = FeedStores.get(Flux.fromStream(followers())
			.flatMapSequential((follower) -> feed.timelines.page(follower, new PageRequest(10, null)), 21)
			.map((page) -> page.items().stream().map(RenderedActivity::id).toList())
			.subscribeOn(Schedulers.fromExecutor(loop))
			.collectList());
		assertThat(read).hasSize(21).containsOnly(List.of(post));
	}

	@Test
	void pushesEachIdOnceDespiteRepeatedFanOuts() {
		String first = feed.publish(this.ann);
		String second = feed.publish(this.ann);
		for (int repeat = 0; repeat < 46; repeat++) {
			feed.fanOut.run(first, this.ann);
			feed.fanOut.run(second, this.ann);
		}
		followers().forEach((follower) -> assertThat(pushed(follower)).containsExactly(second, first));
	}

	private Stream<String> followers() {
		return Stream.concat(Stream.of(this.bob), this.others.stream());
	}

	/** Reads the elements of a list without its seal. */
	private static List<String> pushed(String owner) {
		List<String> raw = feed.raw(owner);
		return raw.subList(0, raw.size() - 1);
	}

}
