package dev.agora.feed.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import dev.agora.feed.TestFeedApplication;
import dev.agora.feed.activity.ActivityView;
import dev.agora.platform.testing.TestProjections;
import dev.agora.platform.web.Consistency;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls the endpoints of feeds. */
class TimelineControllerTests extends FeedEndpoints {

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
