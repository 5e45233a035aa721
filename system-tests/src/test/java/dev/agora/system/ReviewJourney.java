package dev.agora.system;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Members review a product, and the product shows the summary of the reviews. */
class ReviewJourney {

	private final Gateway gateway = TestSystem.gateway();

	private final Member ann = Member.register(this.gateway, "Ann");

	private final Member bob = Member.register(this.gateway, "Bob");

	private final Member carol = Member.register(this.gateway, "Carol");

	private String product = "";

	@BeforeEach
	void createProduct() {
		this.product = this.ann.createProduct("A lamp", "12.50").expect(201).text("id");
	}

	@Test
	void theRatingFollowsTheReviews() {
		assertThat(write(this.bob, "{\"stars\": 5, \"text\": \"Bright.\"}").expect(201).text("text"))
			.isEqualTo("Bright.");
		write(this.carol, "{\"stars\": 2}").expect(201);
		awaitRating("[0,1,0,0,1]", "3.5");
		assertThat(show().at("/topReviews/0/author/handle").asString()).isEqualTo(this.bob.handle());
		write(this.bob, "{\"stars\": 4, \"text\": \"Less bright.\"}").expect(200);
		awaitRating("[0,1,0,1,0]", "3.0");
		assertThat(show().at("/topReviews/0/text").asString()).isEqualTo("Less bright.");
		assertThat(this.carol.allPages(reviews(), "id")).hasSize(2);
		assertThat(this.gateway.get("/api/v1/products?seller=" + this.ann.id()).body().at("/items/0/rating"))
			.isEqualTo(show().path("rating"));
		delete(this.bob).expect(204);
		delete(this.bob).expect(204);
		awaitRating("[0,1,0,0,0]", "2.0");
		assertThat(show().path("topReviews").isEmpty()).isTrue();
		write(this.bob, "{\"stars\": 1}").expect(201);
		awaitRating("[1,1,0,0,0]", "1.5");
	}

	@Test
	void aNewNameReachesTheReviews() {
		write(this.bob, "{\"stars\": 5, \"text\": \"Bright.\"}").expect(201);
		awaitRating("[0,0,0,0,1]", "5.0");
		String etag = this.bob.get("/api/v1/members/me").expect(200).header("ETag");
		this.bob.send("PATCH", "/api/v1/members/me", "{\"name\": \"Bobby\"}", "If-Match", etag).expect(200);
		Await.until("the product shows the new name", Await.SOON,
				() -> show().at("/topReviews/0/author/name").asString("").equals("Bobby"));
		assertThat(this.gateway.get(reviews()).expect(200).body().at("/items/0/author/name").asString())
			.isEqualTo("Bobby");
	}

	@Test
	void theReviewsOfADeletedMemberDisappear() {
		write(this.bob, "{\"stars\": 5, \"text\": \"Bright.\"}").expect(201);
		write(this.carol, "{\"stars\": 1}").expect(201);
		awaitRating("[1,0,0,0,1]", "3.0");
		this.bob.send("DELETE", "/api/v1/members/me", null).expect(204);
		awaitRating("[1,0,0,0,0]", "1.0");
		assertThat(this.carol.allPages(reviews(), "id")).hasSize(1);
	}

	@Test
	void aSellerCannotReviewTheirOwnProductAndAnonymousCallersNone() {
		write(this.ann, "{\"stars\": 5}").expect(403);
		this.gateway.send("PUT", reviews() + "/mine", "{\"stars\": 5}").expect(401);
		this.gateway.send("DELETE", reviews() + "/mine", null).expect(401);
		this.gateway.get("/api/v1/products/0000000000001/reviews").expect(404);
		assertThat(this.gateway.get(reviews()).expect(200).body().path("items").isEmpty()).isTrue();
	}

	@Test
	void replacesOnlyTheExpectedVersion() {
		String first = write(this.bob, "{\"stars\": 5}").expect(201).header("ETag");
		write(this.bob, "{\"stars\": 4}").expect(200);
		assertThat(this.bob.send("PUT", reviews() + "/mine", "{\"stars\": 3}", "If-Match", first)
			.expect(412)
			.invalidFields()).containsExactly("If-Match");
		this.bob.send("DELETE", reviews() + "/mine", null, "If-Match", first).expect(412);
		assertThat(this.gateway.get(reviews()).expect(200).body().at("/items/0/stars").asInt()).isEqualTo(4);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			{"stars": 0}                       | stars
			{"stars": 6}                       | stars
			{"stars": 3.5}                     | stars
			{"stars": "5"}                     | stars
			{"text": "No stars"}               | stars
			{"stars": 5, "text": "a\\u0007"}   | text
			{"stars": 5, "text": " "}          | text
			{"stars": 5, "title": "Unknown"}   | title
			{"stars": 5                        | body
			""")
	void returns400ThatNamesTheField(String body, String field) {
		assertThat(write(this.bob, body).expect(400).invalidFields()).containsExactly(field);
		assertThat(this.gateway.get(reviews()).expect(200).body().path("items").isEmpty()).isTrue();
	}

	@Test
	void refusesATextThatIsTooLong() {
		String text = "{\"stars\": 5, \"text\": \"%s\"}";
		assertThat(write(this.bob, text.formatted("x".repeat(5001))).expect(400).invalidFields())
			.containsExactly("text");
		write(this.bob, text.formatted("x".repeat(1_100_000))).expect(413);
	}

	@Test
	void countsViews() {
		String path = "/api/v1/products/" + this.product;
		this.gateway.get(path).expect(200);
		this.gateway.get(path).expect(200);
		Await.until("the views are on the product", Await.SOON,
				() -> this.gateway.get(path, "Consistency", "strong").expect(200).body().path("views").asLong() >= 2);
		assertThat(this.gateway.get(path, "Consistency", "strong").body().path("version").asLong()).isEqualTo(1);
	}

	private Response write(Member member, String body) {
		return member.send("PUT", reviews() + "/mine", body);
	}

	private Response delete(Member member) {
		return member.send("DELETE", reviews() + "/mine", null);
	}

	private void awaitRating(String histogram, String average) {
		Await.until("the rating is " + histogram, Await.SOON, () -> {
			JsonNode rating = show().path("rating");
			return rating.path("histogram").toString().equals(histogram)
					&& rating.path("average").toString().equals(average);
		});
	}

	/** Reads the product from the cache, which follows the events as well. */
	private JsonNode show() {
		return this.gateway.get("/api/v1/products/" + this.product, "Consistency", "eventual").expect(200).body();
	}

	private String reviews() {
		return "/api/v1/products/" + this.product + "/reviews";
	}

}
