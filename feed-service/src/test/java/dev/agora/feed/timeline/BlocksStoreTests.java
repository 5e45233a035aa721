package dev.agora.feed.timeline;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import dev.agora.feed.audience.Block;

import static org.assertj.core.api.Assertions.assertThat;

/** Plays blocks against feeds, builds and caches step by step. */
class BlocksStoreTests {

	/** More than one object holds. */
	private static final int MANY = 1001;

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
		this.bob = feed.followerOf(this.ann);
	}

	@Test
	void hidesAFolloweeBeforeTheEndOfTheFollowArrives() {
		String own = feed.publish(this.bob);
		feed.publish(this.ann);
		assertThat(feed.feed(this.bob, 10)).hasSize(2);
		feed.block(this.ann, this.bob);
		assertThat(feed.feed(this.bob, 10)).containsExactly(own);
		assertThat(feed.feed(this.bob, 10)).containsExactly(own);
	}

	@Test
	void hidesTheNextPostOfAHiddenFollowee() {
		feed.block(this.bob, this.ann);
		feed.feed(this.bob, 10);
		String id = feed.publish(this.ann);
		assertThat(feed.raw(this.bob)).contains(id);
		assertThat(feed.feed(this.bob, 10)).isEmpty();
	}

	@Test
	void showsAFolloweeAgainAfterBothBlocksEnded() {
		String id = feed.publish(this.ann);
		feed.block(this.ann, this.bob);
		feed.block(this.bob, this.ann);
		feed.endBlock(this.ann, this.bob);
		assertThat(feed.feed(this.bob, 10)).isEmpty();
		assertThat(feed.shows(this.ann, this.bob)).isFalse();
		feed.endBlock(this.bob, this.ann);
		assertThat(feed.feed(this.bob, 10)).containsExactly(id);
		assertThat(feed.shows(this.ann, this.bob)).isTrue();
	}

	@Test
	void ignoresAnOlderEventOfABlock() {
		Block block = new Block(this.ann, this.bob);
		feed.blocks.remove(block, 2).block();
		feed.blocks.upsert(block, 1).block();
		assertThat(feed.shows(this.bob, this.ann)).isTrue();
		assertThat(feed.shows(this.ann, this.bob)).isTrue();
	}

	@Test
	void discardsABuildThatReadTheBlocksBeforeABlock() {
		feed.publish(this.ann);
		String token = feed.claim(this.bob);
		Timeline built = FeedStores.get(feed.timelines.build(this.bob));
		feed.block(this.ann, this.bob);
		assertThat(feed.complete(this.bob, token, built)).isFalse();
		assertThat(feed.feed(this.bob, 10)).isEmpty();
	}

	@Test
	void hidesAPostBelowTheWatermark() {
		IntStream.range(0, 2 * FeedStores.HISTORY).forEach((number) -> feed.publish(this.ann));
		List<String> own = IntStream.range(0, FeedStores.HISTORY + 2)
			.mapToObj((number) -> feed.publish(this.bob))
			.sorted(Comparator.reverseOrder())
			.toList();
		feed.feed(this.bob, 3);
		feed.block(this.ann, this.bob);
		assertThat(feed.feed(this.bob, 3)).isEqualTo(own);
	}

	@Test
	void evictsWhomABlockHidesFromBothOfItsMembers() {
		assertThat(feed.shows(this.ann, this.bob)).isTrue();
		assertThat(feed.shows(this.bob, this.ann)).isTrue();
		feed.block(this.ann, this.bob);
		assertThat(feed.shows(this.ann, this.bob)).isFalse();
		assertThat(feed.shows(this.bob, this.ann)).isFalse();
	}

	@Test
	void hidesExactlyTheBlockedOfAMemberWithVeryManyBlocks() {
		String own = feed.publish(this.bob);
		feed.publish(this.ann);
		String carol = feed.ids.next();
		feed.follow(this.bob, carol);
		String visible = feed.publish(carol);
		Flux.range(0, MANY)
			.flatMap((number) -> feed.blocks.upsert(new Block(feed.ids.next(), this.bob), 1))
			.then(feed.blocks.upsert(new Block(this.ann, this.bob), 1))
			.block();
		assertThat(FeedStores.get(feed.blocks.hiddenFrom(this.bob)).complete()).isFalse();
		assertThat(feed.feed(this.bob, 10)).containsExactly(visible, own);
		assertThat(feed.shows(this.bob, this.ann)).isFalse();
		assertThat(feed.shows(this.bob, carol)).isTrue();
		assertThat(feed.shows(this.ann, this.bob)).isFalse();
	}

	@Test
	void readsAHomeFeedInTwoCommandsAndABlockInOne() {
		feed.publish(this.ann);
		feed.feed(this.bob, 10);
		feed.feed(this.bob, 10);
		feed.shows(this.bob, this.ann);
		int blockReads = feed.mongoServer.commands().count("find", "blocks");
		long before = redisCalls();
		assertThat(feed.feed(this.bob, 10)).hasSize(1);
		assertThat(redisCalls() - before).isEqualTo(2);
		assertThat(feed.shows(this.bob, this.ann)).isTrue();
		assertThat(redisCalls() - before).isEqualTo(3);
		assertThat(feed.mongoServer.commands().count("find", "blocks")).isEqualTo(blockReads);
	}

	/** Counts the commands that clients sent, without those inside of scripts. */
	private static long redisCalls() {
		return feed.redisServer.countCalls("evalsha|get|mget");
	}

}
