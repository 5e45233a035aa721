package dev.agora.feed.post;

import java.time.Duration;
import java.util.Set;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.test.web.reactive.server.WebTestClient;

import dev.agora.feed.activity.ProductCard;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.testing.TestProjections;
import dev.agora.platform.web.Idempotency;

import static org.assertj.core.api.Assertions.assertThat;

/** Creates posts. */
class NewPostControllerTests extends PostEndpoints {

	@Test
	void showsTheProductOfAPost() {
		String lamp = list();
		post(this.ann, "{\"text\": \"Look\", \"productId\": \"" + lamp + "\"}").expectStatus()
			.isCreated()
			.expectBody()
			.jsonPath("$.product.id")
			.isEqualTo(lamp)
			.jsonPath("$.product.title")
			.isEqualTo("A lamp")
			.jsonPath("$.product.price.amount")
			.isEqualTo(12.50);
	}

	@Test
	void waitsForAProductThatWasJustListed() {
		String lamp = this.ids.next();
		Mono.delay(Duration.ofMillis(300))
			.then(this.products.upsert(new ProductCard(lamp, "A lamp", price()), 1))
			.subscribe();
		post(this.ann, "{\"text\": \"Look\", \"productId\": \"" + lamp + "\"}").expectStatus().isCreated();
	}

	@ParameterizedTest
	@ValueSource(strings = { UNKNOWN, "no-such-id", "" })
	void returns422ForAnUnknownProduct(String id) {
		post(this.ann, "{\"text\": \"Look\", \"productId\": \"" + id + "\"}").expectStatus()
			.isEqualTo(422)
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("productId");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"text": ""}                    | text
			{"text": "  "}                  | text
			{"text": null}                  | text
			{}                              | text
			{"text": 1}                     | text
			{"text": ["a"]}                 | text
			{"text": "a", "productId": 5}   | productId
			{"text": "a", "extra": true}    | extra
			{"text": "a"                    | body
			{"text": "a", "text": "b"}      | text
			{"text": "\\u00a0\\u3000"}      | text
			{"text": "\\u200b\\u2060"}      | text
			{"text": "\\ufeff"}             | text
			{"text": "a\\u202eb"}           | text
			{"text": "a\\u2066b"}           | text
			{"text": "a\\u0000"}            | text
			{"text": "a\\ue000"}            | text
			{"text": "a\\ud800"}            | text
			{"text": "a", "productId": "\\ud800"} | productId
			[]                              | body
			""")
	void returns400WithTheInvalidField(String body, String field) {
		post(this.ann, body).expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.errors.length()")
			.isEqualTo(1)
			.jsonPath("$.errors[0].field")
			.isEqualTo(field);
	}

	@Test
	void returns400WhenTheTextIsTooLong() {
		post(this.ann, "{\"text\": \"" + "x".repeat(5000) + "\"}").expectStatus().isCreated();
		post(this.ann, "{\"text\": \"" + "\\ud83d\\ude00".repeat(5000) + "\"}").expectStatus().isCreated();
		post(this.ann, "{\"text\": \"" + "😀".repeat(5000) + "\"}").expectStatus().isCreated();
		post(this.ann, "{\"text\": \"" + "x".repeat(5001) + "\"}").expectStatus()
			.isBadRequest()
			.expectBody()
			.jsonPath("$.errors[0].field")
			.isEqualTo("text");
	}

	@Test
	void normalizesTheText() {
		post(this.ann, "{\"text\": \"cafe\\u0301\\n\\u0645\\u06cc\\u200c\\u062e\\u0648\\u0627\\u0647\\u0645\"}")
			.expectStatus()
			.isCreated()
			.expectBody()
			.jsonPath("$.text")
			.isEqualTo("café\nمی\u200cخواهم");
	}

	@Test
	void showsTheNewestNameOfTheAuthor() {
		TestProjections.upsertMember(this.store, new MemberCard(this.annId, "ann", "Anna"), 2).block();
		post(this.ann, "{\"text\": \"Hello\"}").expectStatus()
			.isCreated()
			.expectBody()
			.jsonPath("$.author.name")
			.isEqualTo("Anna");
	}

	@Test
	void returns401WhenTheCallersAccountIsDeleted() {
		TestProjections.deleteMember(this.store, this.annId, 2).block();
		post(this.ann, "{\"text\": \"Hello\"}").expectStatus().isUnauthorized();
		assertThat(this.activities.findByAuthors(Set.of(this.annId), null, 10).collectList().block()).isEmpty();
	}

	@Test
	void createsOnePostForARepeatedRequest() {
		String first = idOf(repeat("{\"text\": \"Once\"}"));
		String second = idOf(repeat("{\"text\": \"Once\"}"));
		assertThat(second).isEqualTo(first);
		repeat("{\"text\": \"Twice\"}").expectStatus().isEqualTo(422);
	}

	@Test
	void returns201WithThePost() {
		post(this.ann, "{\"text\": \"Hello\"}").expectStatus()
			.isCreated()
			.expectHeader()
			.valueMatches(HttpHeaders.LOCATION, "/api/v1/posts/[0-9A-Z]{13}")
			.expectHeader()
			.valueEquals(HttpHeaders.ETAG, "\"1\"")
			.expectBody()
			.jsonPath("$.verb")
			.isEqualTo("posted")
			.jsonPath("$.text")
			.isEqualTo("Hello")
			.jsonPath("$.author.id")
			.isEqualTo(this.annId)
			.jsonPath("$.author.version")
			.doesNotExist()
			.jsonPath("$.product")
			.doesNotExist()
			.jsonPath("$.version")
			.isEqualTo(1);
	}

	private WebTestClient.ResponseSpec repeat(String body) {
		return post(this.ann.mutate().defaultHeader(Idempotency.HEADER, "k1").build(), body);
	}

}
