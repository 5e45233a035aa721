package dev.agora.feed.post;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.HttpHeaders;

import dev.agora.feed.activity.Activity;
import dev.agora.feed.activity.ActivityProduct;
import dev.agora.feed.activity.Author;
import dev.agora.platform.web.Consistency;

/** Shows and deletes posts. */
class PostControllerTests extends PostEndpoints {

	@Test
	void returns401WithoutASession() {
		post(this.client, "{\"text\": \"\"}").expectStatus().isUnauthorized();
		this.client.get().uri("/posts/" + UNKNOWN).exchange().expectStatus().isUnauthorized();
		this.client.delete().uri("/posts/" + UNKNOWN).exchange().expectStatus().isUnauthorized();
	}

	@ParameterizedTest
	@ValueSource(strings = { "eventual", "session", "strong" })
	void showsAPostToEveryMember(String consistency) {
		String id = hello();
		this.bob.get()
			.uri("/posts/" + id)
			.header(Consistency.HEADER, consistency)
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.valueEquals(HttpHeaders.ETAG, "\"1\"")
			.expectBody()
			.jsonPath("$.text")
			.isEqualTo("Hello");
		for (String known : List.of("\"1\"", "*")) {
			this.bob.get()
				.uri("/posts/" + id)
				.header(Consistency.HEADER, consistency)
				.header(HttpHeaders.IF_NONE_MATCH, known)
				.exchange()
				.expectStatus()
				.isNotModified();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { UNKNOWN, "no-such-id" })
	void returns404ForAnUnknownPost(String id) {
		this.ann.get()
			.uri("/posts/" + id)
			.header(HttpHeaders.IF_NONE_MATCH, "*")
			.exchange()
			.expectStatus()
			.isNotFound();
		this.ann.delete().uri("/posts/" + id).exchange().expectStatus().isNotFound();
	}

	@Test
	void deletesAPostForItsAuthorOnly() {
		String id = hello();
		this.bob.delete().uri("/posts/" + id).exchange().expectStatus().isForbidden();
		this.ann.delete().uri("/posts/" + id).exchange().expectStatus().isNoContent();
		this.ann.delete().uri("/posts/" + id).exchange().expectStatus().isNoContent();
		this.bob.delete().uri("/posts/" + id).exchange().expectStatus().isNotFound();
		this.bob.get()
			.uri("/posts/" + id)
			.header(Consistency.HEADER, "eventual")
			.exchange()
			.expectStatus()
			.isNotFound();
		this.bob.get().uri("/posts/" + id).exchange().expectStatus().isNotFound();
	}

	@Test
	void returns403ForTheDeletionOfAListing() {
		String lamp = list();
		Author seller = new Author(this.annId, "ann", "Ann", 1);
		this.activities
			.addOnce(lamp, Activity.listing(seller, new ActivityProduct(lamp, "A lamp", price(), 1), Instant.EPOCH))
			.block();
		this.ann.get().uri("/posts/" + lamp).exchange().expectStatus().isOk();
		this.ann.delete().uri("/posts/" + lamp).exchange().expectStatus().isForbidden();
	}

	private String hello() {
		return idOf(post(this.ann, "{\"text\": \"Hello\"}"));
	}

}
