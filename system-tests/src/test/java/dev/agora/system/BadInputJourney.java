package dev.agora.system;

import java.util.List;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Bad input gets a problem that names the field, and changes nothing. */
class BadInputJourney {

	private static final Gateway gateway = TestSystem.gateway();

	private static Member ann;

	@BeforeAll
	static void register() {
		ann = Member.register(gateway, "Ann");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					/members  | {"handle": "ab", "name": "A", "password": "0123456789"}                | handle
					/members  | {"handle": "Has Capitals", "name": "A", "password": "0123456789"}      | handle
					/members  | {"handle": "fine_1", "name": "A", "password": "short"}                 | password
					/members  | {"handle": "fine_1", "name": "", "password": "0123456789"}             | name
					/members  | {"handle": "fine_1", "password": "0123456789"}                         | name
					/members  | {"handle": "fine_1", "name": "\\u00a0\\u200b", "password": "0123456789"} | name
					/members  | {"handle": "fine_1", "name": "\\u3164", "password": "0123456789"}       | name
					/members  | {"handle": "fine_1", "name": "\\u2800", "password": "0123456789"}       | name
					/members  | {"handle": "fine_1", "name": "\\u202eann", "password": "0123456789"}    | name
					/members  | {"handle": "fine_1", "name": "a\\u009b", "password": "0123456789"}      | name
					/members  | {"handle": "fine_1", "name": "A", "password": "😀😀😀😀😀"}              | password
					/members  | {"handle": "fine_1", "handle": "fine_2", "name": "A", "password": "0123456789"} | handle
					/members  | {"handle": 7, "name": "A", "password": "0123456789"}                   | handle
					/members  | {"handle": "fine_1", "name": "A", "password": "0123456789", "x": 1}    | x
					/members  | {"handle": "fine_1", "name":                                           | body
					/sessions | {"handle": "fine_1"}                                                   | password
					/sessions | {"handle": "\\ud83d", "password": "0123456789"}                         | handle
					/sessions | {"handle": "fine_1", "password": "012345678\\ude00"}                    | password
					/sessions | {"handle": "fine_1", "password": "0123456789", "device": "a\\u0007"}    | device
					/sessions | {"handle": "fine_1", "password": "0123456789", "device": "\\ud83d"}     | device
					/posts    | {"text": ""}                                                           | text
					/posts    | {"text": null}                                                         | text
					/posts    | {"text": ["a"]}                                                        | text
					/posts    | {"text": "a", "productId": 5}                                          | productId
					/posts    | {"text": "a", "extra": true}                                           | extra
					/posts    | {"text": "a", "text": "b"}                                             | text
					/posts    | {"text": "\\ufeff\\u00a0"}                                             | text
					/posts    | {"text": "\\ud800"}                                                   | text
					/posts    | {"text": NaN}                                                          | body
					/posts    | {"text": "a"} {}                                                       | body
					/posts    | \ufeff{"text": "a"}                                                    | body
					/posts    | not json                                                               | body
					/posts    | []                                                                     | body
					/products | {"title": "", "category": "books", "price": {"amount": 1, "currency": "EUR"}, "stock": 1}      | title
					/products | {"title": "t", "category": "books", "price": {"amount": -1, "currency": "EUR"}, "stock": 1}    | price.amount
					/products | {"title": "t", "category": "books", "price": {"amount": 1, "currency": "XXX9"}, "stock": 1}    | price.currency
					/products | {"title": "t", "category": "books", "price": {"amount": "1", "currency": "EUR"}, "stock": 1}   | price.amount
					/products | {"title": "t", "category": "books", "price": {"amount": 1, "currency": "EUR"}, "stock": 1.5}   | stock
					/products | {"title": "t", "category": "books", "stock": 1}                        | price
					""")
	void returns400ThatNamesTheField(String path, String body, String field) {
		Response response = ann.send("POST", "/api/v1" + path, body);
		assertThat(response.status()).isEqualTo(400);
		assertThat(response.invalidFields()).containsExactly(field);
		assertThat(response.header("Content-Type")).startsWith("application/problem+json");
		assertThat(response.text("traceId")).hasSize(32);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"title": "t", "category": "books", "price": {"amount": 1, "currency": "EUR"}, "stock": -1}      | stock
					{"title": "t", "category": "books", "price": {"amount": 1.5, "currency": "JPY"}, "stock": 1}     | price.amount
					{"title": "t", "category": "books", "price": {"amount": 1.2345, "currency": "KWD"}, "stock": 1}  | price.amount
					{"title": "t", "category": "books", "price": {"amount": 1, "currency": "XXX"}, "stock": 1}       | price.currency
					{"title": "t", "category": "books", "price": {"amount": 1, "currency": "EUR"}, "stock": 1, "seller": {}} | seller
					{"title": "t", "category": "books", "stock": 1}                                                  | price
					not json                                                                                         | body
					""")
	void changesNoProductByABadBody(String body, String field) {
		Response product = ann.createProduct("A lamp", "12.50").expect(201);
		String path = "/api/v1/products/" + product.text("id");
		Response refused = ann.send("PUT", path, body, "If-Match", product.header("ETag"));
		assertThat(refused.expect(400).invalidFields()).containsExactly(field);
		assertThat(ann.get(path).header("ETag")).isEqualTo(product.header("ETag"));
	}

	@Test
	void refusesATextThatIsTooLong() {
		String text = "x".repeat(5001);
		assertThat(ann.send("POST", "/api/v1/posts", "{\"text\": \"" + text + "\"}").expect(400).invalidFields())
			.containsExactly("text");
		ann.send("POST", "/api/v1/posts", "{\"text\": \"" + "x".repeat(1_100_000) + "\"}").expect(413);
	}

	@ParameterizedTest
	@CsvSource({ "/feed?limit=0,limit", "/feed?limit=101,limit", "/feed?limit=many,limit", "/feed?cursor=zzz,cursor",
			"/products?limit=-1,limit", "/products?cursor=1,cursor", "/products?sort=colour,sort",
			"/products?sort=price&cursor=0SAX0RSKMBGW0,cursor", "/products?tag=a%0Fb,tag",
			"/products?tag=%E3%85%A4,tag", "/products?category=a%0Fb,category", "/members?handle=a%0Fb,handle" })
	void returns400ForABadQueryParameter(String path, String parameter) {
		assertThat(ann.get("/api/v1" + path).expect(400).invalidFields()).containsExactly(parameter);
	}

	@Test
	void returns400ForAnUnknownConsistency() {
		assertThat(ann.get("/api/v1/feed", "Consistency", "perfect").expect(400).invalidFields())
			.containsExactly("Consistency");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/members/0000000000001", "/members/no-such-id", "/members?handle=nobody_here",
			"/products/0000000000001", "/posts/0000000000001", "/graph/members/0000000000001",
			"/feed/members/0000000000001", "/nowhere", "/internal/identities", "/actuator/health" })
	void returns404ForAnUnknownPathOrId(String path) {
		ann.get("/api/v1" + path).expect(404);
	}

	@Test
	void refusesToFollowAnUnknownMemberAndOneself() {
		ann.send("PUT", "/api/v1/graph/following/0000000000001", null).expect(404);
		ann.send("PUT", "/api/v1/graph/following/" + ann.id(), null).expect(422);
	}

	@Test
	void returns422ForAPostAboutAnUnknownProduct() {
		assertThat(ann.postAbout("0000000000001", "What is it?").expect(422).invalidFields())
			.containsExactly("productId");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/feed", "/members/me", "/posts/0000000000001" })
	void returns401WithoutASession(String path) {
		gateway.get("/api/v1" + path).expect(401);
		gateway.get("/api/v1" + path, "Authorization", "Bearer not-a-token").expect(401);
		gateway.get("/api/v1" + path, "Authorization", "Basic YW5uOmFubg==").expect(401);
	}

	@Test
	void ignoresAnIdentityThatAClientSends() {
		gateway.get("/api/v1/members/me", "X-Agora-Identity", "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.").expect(401);
	}

	@Test
	void answersAnUnknownHandleLikeAWrongPassword() {
		Response unknown = gateway.post("/api/v1/sessions",
				java.util.Map.of("handle", "nobody_here", "password", "x".repeat(12)));
		Response wrong = gateway.post("/api/v1/sessions",
				java.util.Map.of("handle", ann.handle(), "password", "x".repeat(12)));
		assertThat(unknown.expect(401).text("detail")).isEqualTo(wrong.expect(401).text("detail"));
	}

	@Test
	void returns409WhenTheHandleIsTaken() {
		Response taken = gateway.post("/api/v1/members",
				java.util.Map.of("handle", ann.handle(), "name", "Another", "password", "0123456789"));
		assertThat(taken.expect(409).invalidFields()).containsExactly("handle");
	}

	@Test
	void storesNothingOfARefusedRequest() {
		Member carol = Member.register(gateway, "Carol");
		List.of("{\"text\": \"\"}", "{\"text\": 1}", "{\"text\": \"a\", \"x\": 1}", "{")
			.forEach((body) -> carol.send("POST", "/api/v1/posts", body).expect(400));
		assertThat(carol.feed()).isEmpty();
	}

}
