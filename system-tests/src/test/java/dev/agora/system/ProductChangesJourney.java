package dev.agora.system;

import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Sellers change and delete their products, and the copies follow. */
class ProductChangesJourney {

	private final Gateway gateway = TestSystem.gateway();

	private final Member ann = Member.register(this.gateway, "Ann");

	private final Member bob = Member.register(this.gateway, "Bob");

	@Test
	void aNewPriceTitleAndDeletionReachTheFeedsOfFollowers() {
		Response product = this.ann.createProduct("A lamp", "20.00").expect(201);
		String path = "/api/v1/products/" + product.text("id");
		this.bob.follow(this.ann);
		this.ann.postAbout(product.text("id"), "Look").expect(201);
		awaitFeed(List.of("A lamp 20 EUR", "A lamp 20 EUR"));
		Response cheaper = replace(path, product, "A lamp", "1500", "JPY");
		awaitFeed(List.of("A lamp 1500 JPY", "A lamp 1500 JPY"));
		replace(path, cheaper, "A lantern", "1500", "JPY");
		awaitFeed(List.of("A lantern 1500 JPY", "A lantern 1500 JPY"));
		assertThat(this.gateway.get(path).expect(200).text("title")).isEqualTo("A lantern");
		this.ann.send("DELETE", path, null).expect(204);
		awaitFeed(List.of("Look"));
		this.gateway.get(path).expect(404);
	}

	@Test
	void listsBySellerInEachOrder() {
		String dear = this.ann.createProduct("A table", "99.90").expect(201).text("id");
		String cheap = this.ann.createProduct("A cup", "4.50").expect(201).text("id");
		String list = "/api/v1/products?limit=1&seller=" + this.ann.id();
		assertThat(pages(list)).containsExactly(cheap, dear);
		assertThat(pages(list + "&sort=rating")).containsExactly(cheap, dear);
		assertThat(pages(list + "&sort=price&category=books")).containsExactly(cheap, dear);
		assertThat(pages(list + "&sort=price")).containsExactly(cheap, dear);
		String cursor = this.gateway.get(list + "&sort=price").expect(200).text("next");
		assertThat(this.gateway.get(list + "&cursor=" + cursor).expect(400).invalidFields()).containsExactly("cursor");
	}

	private List<String> pages(String list) {
		Response first = this.gateway.get(list).expect(200);
		Response second = this.gateway.get(list + "&cursor=" + first.text("next")).expect(200);
		assertThat(second.body().path("next").isNull()).isTrue();
		return List.of(first.body().at("/items/0/id").asString(), second.body().at("/items/0/id").asString());
	}

	private Response replace(String path, Response current, String title, String amount, String currency) {
		String body = """
				{"title": "%s", "category": "books", "price": {"amount": %s, "currency": "%s"}, "stock": 3}
				""".formatted(title, amount, currency);
		return this.ann.send("PUT", path, body, "If-Match", current.header("ETag")).expect(200);
	}

	private void awaitFeed(List<String> expected) {
		Await.until("Bob's feed shows " + expected, Await.SOON,
				() -> this.bob.get("/api/v1/feed")
					.expect(200)
					.body()
					.path("items")
					.valueStream()
					.map(ProductChangesJourney::describe)
					.toList()
					.equals(expected));
	}

	/** Describes the product of an activity, or its text. */
	private static String describe(JsonNode activity) {
		JsonNode product = activity.path("product");
		return product.isMissingNode() ? activity.path("text").asString()
				: product.path("title").asString() + " "
						+ product.at("/price/amount").decimalValue().stripTrailingZeros().toPlainString() + " "
						+ product.at("/price/currency").asString();
	}

}
