package dev.agora.feed.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.agora.feed.activity.Activity;
import dev.agora.feed.timeline.VisibleActivities.AuthorSelection;
import dev.agora.feed.timeline.VisibleActivities.Viewer;
import dev.agora.platform.web.Consistency;
import dev.agora.platform.web.PageRequest;

import static org.assertj.core.api.Assertions.assertThat;

/** Friendships in home feeds: each once, and none with a member whom blocks hide. */
class FriendshipFeedsStoreTests {

	private static FeedStores feed;

	private String ann;

	private String bob;

	private String carl;

	@BeforeAll
	static void open() {
		feed = new FeedStores();
	}

	@AfterAll
	static void close() {
		feed.close();
	}

	@BeforeEach
	void join() {
		this.ann = feed.ids.next();
		this.bob = feed.ids.next();
		this.carl = feed.ids.next();
		feed.follow(this.carl, this.ann);
	}

	@Test
	void showsAFriendshipToTheFollowersOfEither() {
		List<String> both = befriend(this.ann, this.bob);
		assertEverywhere(this.carl, List.of(both.get(0)));
		feed.follow(this.carl, this.bob);
		assertEverywhere(this.carl, List.of(both.get(0)));
		feed.endFollow(this.carl, this.ann);
		feed.cache.evict(this.carl).block();
		assertEverywhere(this.carl, List.of(both.get(1)));
	}

	@Test
	void showsAFriendshipOnceToItsMembers() {
		feed.follow(this.ann, this.bob);
		feed.follow(this.bob, this.ann);
		assertThat(feed.feed(this.ann, 10)).isEmpty();
		List<String> both = befriend(this.ann, this.bob);
		assertEverywhere(this.ann, List.of(both.get(0)));
		assertEverywhere(this.bob, List.of(both.get(0)));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void hidesAFriendshipWithAMemberWhomABlockHides(boolean blocks) {
		befriend(this.ann, this.bob);
		String post = feed.publish(this.ann);
		feed.block(blocks ? this.carl : this.bob, blocks ? this.bob : this.carl);
		assertEverywhere(this.carl, List.of(post));
		feed.endBlock(blocks ? this.carl : this.bob, blocks ? this.bob : this.carl);
		assertThat(feed.feed(this.carl, 10)).hasSize(2);
	}

	@Test
	void hidesItFromAFanOutThatReadTheFollowersBeforeTheBlock() {
		assertThat(feed.feed(this.carl, 10)).isEmpty();
		feed.block(this.carl, this.bob);
		assertThat(feed.feed(this.carl, 10)).isEmpty();
		befriend(this.ann, this.bob);
		assertEverywhere(this.carl, List.of());
	}

	@Test
	void aPageDoesNotEndWhereFriendshipsAreLeftOut() {
		String oldest = feed.publish(this.ann);
		for (int number = 0; number < FeedStores.HISTORY + 4; number++) {
			String other = feed.ids.next();
			befriend(this.ann, other);
			feed.block(this.carl, other);
		}
		String newest = feed.publish(this.ann);
		assertEverywhere(this.carl, List.of(newest, oldest));
		assertThat(memberList(this.ann, this.carl)).containsExactly(newest, oldest);
	}

	/** Publishes both activities of a friendship; returns that of the lower id first. */
	private List<String> befriend(String member, String other) {
		List<String> published = new ArrayList<>();
		for (String[] sides : new String[][] { { member, other }, { other, member } }) {
			String id = feed.ids.next();
			feed.activities
				.addOnce(id,
						Activity.friendship(FeedStores.author(sides[0]), FeedStores.author(sides[1]), Instant.EPOCH))
				.block();
			feed.fanOut.run(id, sides[0]);
			published.add(id);
		}
		return published;
	}

	private static void assertEverywhere(String viewer, List<String> expected) {
		for (int limit : new int[] { 1, 2, 100 }) {
			assertThat(feed.feed(viewer, limit)).isEqualTo(expected);
		}
		assertThat(Objects.requireNonNull(feed.timelines.pageFromStore(viewer, new PageRequest(100, null)).block())
			.items()).extracting("id").isEqualTo(expected);
	}

	private static List<String> memberList(String member, String viewer) {
		return FeedStores
			.get(feed.visible.find(AuthorSelection.all(Set.of(member)), null, 3, Viewer.of(viewer, Consistency.SESSION))
				.map((activity) -> activity.id())
				.collectList());
	}

}
