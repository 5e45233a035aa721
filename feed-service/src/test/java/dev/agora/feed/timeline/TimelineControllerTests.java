package dev.agora.feed.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.webtestclient.autoconfigure.AutoConfigureWebTestClient;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.feed.TestFeedApplication;
import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.Activity;
import dev.agora.feed.activity.ActivityView;
import dev.agora.feed.audience.Follow;
import dev.agora.feed.audience.FollowProjection;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.testing.TestProjections;
import dev.agora.platform.web.Consistency;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls the endpoints of feeds. */
@SpringBootTest(classes = TestFeedApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient
class TimelineControllerTests {

	@Autowired
	private WebTestClient client;

	@Autowired
	private IdGenerator ids;

	@Autowired
	private Activities activities;

	@Autowired
	private FollowProjection follows;

	@Autowired
	private DocumentStore store;

	private String ann;

	private String bob;

	@DynamicPropertySource
	static void stores(DynamicPropertyRegistry registry) {
		TestFeedApplication.properties(registry);
	}

	@AfterAll
	static void requireTargeted() {
		TestFeedApplication.requireTargeted();
	}

	@BeforeEach
	void bobFollowsAnn() {
		this.ann = this.ids.next();
		this.bob = this.ids.next();
		TestProjections.upsertMember(this.store, new MemberCard(this.ann, "ann", "Ann"), 1).block();
		this.follows.upsert(this.bob + ":" + this.ann, 1, new Follow(this.bob, this.ann)).block();
	}

	@ParameterizedTest
	@ValueSource(strings = { "eventual", "session", "strong" })
	void listsTheActivitiesOfFolloweesInPages(String consistency) {
		List<String> posts = new ArrayList<>();
		for (int number = 0; number < 5; number++) {
			posts.add(0, post(this.ann));
		}
		assertThat(pages("/feed?limit=2", consistency)).isEqualTo(posts);
		assertThat(pages("/feed?limit=5", consistency)).isEqualTo(posts);
	}

	@Test
	void returnsTheSameBodyFromTheFilterAndFromTheController() {
		post(this.ann);
		post(this.bob);
		FeedStores.get(
				this.activities
					.addOnce(this.ids.next(),
							Activity.friendship(FeedStores.author(this.ann), FeedStores.author(this.ids.next()),
									Instant.EPOCH))
					.thenReturn(true));
		for (String uri : List.of("/feed", "/feed?limit=2", "/feed?cursor=0000000000001")) {
			String fromFilter = body(uri, "application/json");
			assertThat(body(uri, "application/json;q=0.9")).isEqualTo(fromFilter);
			assertThat(body(uri, "application/json")).isEqualTo(fromFilter);
		}
		assertThat(body("/feed", "*/*")).contains("\"verb\":\"befriended\"").contains("\"next\":null");
	}

	private String body(String uri, String accept) {
		return Objects.requireNonNull(TestFeedApplication.as(this.client, this.bob)
			.get()
			.uri(uri)
			.header(HttpHeaders.ACCEPT, accept)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.contentType(MediaType.APPLICATION_JSON)
			.expectBody(String.class)
			.returnResult()
			.getResponseBody());
	}

	@Test
	void listsTheActivitiesOfAMemberForAnonymousCallers() {
		String first = post(this.ann);
		String second = post(this.ann);
		post(this.bob);
		this.client.get()
			.uri("/feed/members/" + this.ann)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.items.length()")
			.isEqualTo(2)
			.jsonPath("$.items[0].id")
			.isEqualTo(second)
			.jsonPath("$.items[1].id")
			.isEqualTo(first)
			.jsonPath("$.next")
			.isEmpty();
	}

	@Test
	void returns404ForADeletedMember() {
		TestProjections.deleteMember(this.store, this.ann, 2).block();
		this.client.get().uri("/feed/members/" + this.ann).exchange().expectStatus().isNotFound();
	}

	@Test
	void returnsAnEmptyFeed() {
		TestFeedApplication.as(this.client, this.ids.next())
			.get()
			.uri("/feed")
			.exchange()
			.expectBody()
			.json("{\"items\": [], \"next\": null}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0000000000001", "no-such-id" })
	void returns404ForAnUnknownMember(String id) {
		this.client.get().uri("/feed/members/" + id).exchange().expectStatus().isNotFound();
	}

	@ParameterizedTest
	@CsvSource({ "limit=0,limit", "limit=101,limit", "limit=many,limit", "cursor=zzz,cursor", "limit=1&limit=2,limit" })
	void returns400WithTheInvalidParameter(String query, String field) {
		for (String path : List.of("/feed?", "/feed/members/" + this.ann + "?")) {
			TestFeedApplication.as(this.client, this.bob)
				.get()
				.uri(path + query)
				.exchange()
				.expectStatus()
				.isBadRequest()
				.expectBody()
				.jsonPath("$.errors[0].field")
				.isEqualTo(field);
		}
	}

	@Test
	void returns400ForAnUnknownConsistency() {
		TestFeedApplication.as(this.client, this.bob)
			.get()
			.uri("/feed")
			.header(Consistency.HEADER, "perfect")
			.exchange()
			.expectStatus()
			.isBadRequest();
	}

	@Test
	void returns401ForTheHomeFeedWithoutASession() {
		this.client.get().uri("/feed").exchange().expectStatus().isUnauthorized();
	}

	private String post(String author) {
		return FeedStores
			.get(this.activities.add((at) -> Activity.post(FeedStores.author(author), "Hello", null, at),
					Optional.empty()))
			.id();
	}

	private List<String> pages(String uri, String consistency) {
		List<String> seen = new ArrayList<>();
		String cursor = "";
		while (cursor != null) {
			FeedPage page = page(uri + cursor, consistency);
			page.items().forEach((item) -> seen.add(item.id()));
			cursor = (page.next() != null) ? "&cursor=" + page.next() : null;
		}
		return seen;
	}

	private FeedPage page(String uri, String consistency) {
		return Objects.requireNonNull(TestFeedApplication.as(this.client, this.bob)
			.get()
			.uri(uri)
			.header(Consistency.HEADER, consistency)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(FeedPage.class)
			.returnResult()
			.getResponseBody());
	}

	record FeedPage(List<ActivityView> items, @Nullable String next) {
	}

}
