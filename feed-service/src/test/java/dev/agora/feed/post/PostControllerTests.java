package dev.agora.feed.post;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

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
import dev.agora.feed.activity.ActivityProduct;
import dev.agora.feed.activity.ActivityView;
import dev.agora.feed.activity.Author;
import dev.agora.feed.activity.Price;
import dev.agora.feed.activity.ProductCard;
import dev.agora.feed.product.ProductProjection;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.testing.TestProjections;
import dev.agora.platform.web.Consistency;
import dev.agora.platform.web.Idempotency;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls the endpoints of posts. */
@SpringBootTest(classes = TestFeedApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureWebTestClient
class PostControllerTests {

	private static final String UNKNOWN = "0000000000001";

	@Autowired
	private WebTestClient client;

	@Autowired
	private IdGenerator ids;

	@Autowired
	private ProductProjection products;

	@Autowired
	private Activities activities;

	@Autowired
	private DocumentStore store;

	private String annId;

	private WebTestClient ann;

	private WebTestClient bob;

	@DynamicPropertySource
	static void stores(DynamicPropertyRegistry registry) {
		TestFeedApplication.properties(registry);
	}

	@AfterAll
	static void requireTargeted() {
		TestFeedApplication.requireTargeted();
	}

	@BeforeEach
	void join() {
		this.annId = this.ids.next();
		this.ann = TestFeedApplication.as(this.client, this.annId);
		this.bob = TestFeedApplication.as(this.client, this.ids.next());
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
	void returns401WithoutASession() {
		post(this.client, "{\"text\": \"\"}").expectStatus().isUnauthorized();
		this.client.get().uri("/posts/" + UNKNOWN).exchange().expectStatus().isUnauthorized();
		this.client.delete().uri("/posts/" + UNKNOWN).exchange().expectStatus().isUnauthorized();
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

	private static String idOf(WebTestClient.ResponseSpec created) {
		ActivityView post = created.expectStatus()
			.isCreated()
			.expectBody(ActivityView.class)
			.returnResult()
			.getResponseBody();
		return Objects.requireNonNull(post).id();
	}

	private String list() {
		String id = this.ids.next();
		this.products.upsert(new ProductCard(id, "A lamp", price()), 1).block();
		return id;
	}

	private static Price price() {
		return new Price(new BigDecimal("12.50"), "EUR");
	}

	private WebTestClient.ResponseSpec repeat(String body) {
		return post(this.ann.mutate().defaultHeader(Idempotency.HEADER, "k1").build(), body);
	}

	private static WebTestClient.ResponseSpec post(WebTestClient client, String body) {
		return client.post().uri("/posts").contentType(MediaType.APPLICATION_JSON).bodyValue(body).exchange();
	}

}
