package dev.agora.feed.post;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.HttpHeaders;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.feed.TestFeedApplication;
import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.Activity;
import dev.agora.feed.activity.Author;
import dev.agora.feed.audience.Block;
import dev.agora.feed.audience.BlockProjection;
import dev.agora.feed.audience.Follow;
import dev.agora.feed.audience.FollowProjection;
import dev.agora.feed.audience.HiddenMembersCache;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.testing.TestProjections;
import dev.agora.platform.web.Consistency;

/** Calls the endpoints of posts and feeds as members whom blocks hide from each other. */
@SpringBootTest(classes = TestFeedApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient
class HiddenPostsTests {

	@Autowired
	private WebTestClient client;

	@Autowired
	private IdGenerator ids;

	@Autowired
	private Activities activities;

	@Autowired
	private FollowProjection follows;

	@Autowired
	private BlockProjection blocks;

	@Autowired
	private HiddenMembersCache hidden;

	@Autowired
	private DocumentStore store;

	private String ann;

	private String bob;

	private String annsPost;

	private String bobsPost;

	@DynamicPropertySource
	static void stores(DynamicPropertyRegistry registry) {
		TestFeedApplication.properties(registry);
	}

	@AfterAll
	static void requireTargeted() {
		TestFeedApplication.requireTargeted();
	}

	@BeforeEach
	void annBlocksBob() {
		this.ann = join();
		this.bob = join();
		this.annsPost = post(this.ann);
		this.bobsPost = post(this.bob);
		this.follows.upsert(this.bob + ":" + this.ann, 1, new Follow(this.bob, this.ann)).block();
		this.blocks.upsert(new Block(this.ann, this.bob), 1).block();
	}

	@ParameterizedTest
	@ValueSource(strings = { "eventual", "session", "strong" })
	void returns404ForThePostOfAHiddenMember(String consistency) {
		get(this.bob, "/posts/" + this.annsPost, consistency).expectStatus().isNotFound();
		get(this.ann, "/posts/" + this.bobsPost, consistency).expectStatus().isNotFound();
		get(this.bob, "/posts/" + this.bobsPost, consistency).expectStatus().isOk();
		get(join(), "/posts/" + this.annsPost, consistency).expectStatus().isOk();
	}

	@Test
	void returnsTheSameProblemAsForAMissingPost() {
		get(this.bob, "/posts/" + this.annsPost, "session").expectBody()
			.jsonPath("$.type")
			.isEqualTo("urn:agora:problem:not-found")
			.jsonPath("$.detail")
			.value((detail) -> get(this.bob, "/posts/0000000000001", "session").expectBody()
				.jsonPath("$.detail")
				.isEqualTo(String.valueOf(detail).replace(this.annsPost, "0000000000001")));
	}

	@Test
	void returns404EvenIfTheCallerKnowsTheVersion() {
		for (String known : new String[] { "*", "\"1\"" }) {
			as(this.bob).get()
				.uri("/posts/" + this.annsPost)
				.header(HttpHeaders.IF_NONE_MATCH, known)
				.exchange()
				.expectStatus()
				.isNotFound();
		}
	}

	@Test
	void returns404ForTheDeletionOfAPostThatTheCallerCannotSee() {
		as(this.bob).delete().uri("/posts/" + this.annsPost).exchange().expectStatus().isNotFound();
		as(join()).delete().uri("/posts/" + this.annsPost).exchange().expectStatus().isForbidden();
		as(this.ann).delete().uri("/posts/" + this.annsPost).exchange().expectStatus().isNoContent();
	}

	@ParameterizedTest
	@ValueSource(strings = { "eventual", "session", "strong" })
	void returnsAnEmptyListForAHiddenMember(String consistency) {
		requireItems(get(this.bob, "/feed/members/" + this.ann, consistency), 0);
		requireItems(get(this.ann, "/feed/members/" + this.bob, consistency), 0);
		requireItems(get(this.ann, "/feed/members/" + this.ann, consistency), 1);
		requireItems(get(join(), "/feed/members/" + this.ann, consistency), 1);
	}

	@Test
	void listsTheActivitiesOfAHiddenMemberForAnonymousCallers() {
		requireItems(this.client.get().uri("/feed/members/" + this.ann).exchange(), 1);
	}

	@Test
	void returns404ForAHiddenMemberWhoIsDeleted() {
		TestProjections.deleteMember(this.store, this.ann, 2).block();
		get(this.bob, "/feed/members/" + this.ann, "session").expectStatus().isNotFound();
	}

	@ParameterizedTest
	@ValueSource(strings = { "eventual", "session", "strong" })
	void leavesAHiddenFolloweeOutOfTheHomeFeed(String consistency) {
		requireItems(get(this.bob, "/feed", consistency), 1);
	}

	@Test
	void showsAPostAgainAfterTheBlockEnded() {
		get(this.bob, "/posts/" + this.annsPost, "eventual").expectStatus().isNotFound();
		this.blocks.remove(new Block(this.ann, this.bob), 2).then(this.hidden.evict(this.bob)).block();
		get(this.bob, "/posts/" + this.annsPost, "eventual").expectStatus().isOk();
	}

	private String join() {
		String id = this.ids.next();
		TestProjections.upsertMember(this.store, new MemberCard(id, "h_" + id.toLowerCase(Locale.ROOT), id), 1).block();
		return id;
	}

	private String post(String member) {
		return Objects
			.requireNonNull(
					this.activities
						.add((at) -> Activity.post(new Author(member, "handle", "Name", 1), "Hello", null, at),
								Optional.empty())
						.block())
			.id();
	}

	private WebTestClient as(String member) {
		return TestFeedApplication.as(this.client, member);
	}

	private WebTestClient.ResponseSpec get(String member, String uri, String consistency) {
		return as(member).get().uri(uri).header(Consistency.HEADER, consistency).exchange();
	}

	private static void requireItems(WebTestClient.ResponseSpec response, int count) {
		response.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.items.length()")
			.isEqualTo(count)
			.jsonPath("$.next")
			.isEmpty();
	}

}
