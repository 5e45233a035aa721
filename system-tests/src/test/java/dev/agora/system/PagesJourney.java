package dev.agora.system;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Pages show a product from its creation on, and its changes within seconds. */
class PagesJourney {

	private static final Pattern SITEMAP_PART = Pattern.compile("/pages/sitemaps/\\d+\\.xml");

	private static final Pattern STYLESHEET = Pattern.compile("<link rel=\"stylesheet\" href=\"([^\"]+)\">");

	private static final Gateway gateway = TestSystem.gateway();

	private final Member ann = Member.register(gateway, "Ann");

	private final String category = "c" + this.ann.id().toLowerCase(Locale.ROOT);

	@Test
	void showAProductUntilItIsDeleted() {
		Response product = create("A <b>lamp</b>");
		String page = "/pages/products/" + product.text("id");
		Response shown = gateway.get(page).expect(200);
		assertThat(shown.body().asString()).contains("A &lt;b&gt;lamp&lt;/b&gt;");
		assertThat(shown.header("Cache-Control")).contains("public", "s-maxage", "stale-while-revalidate",
				"stale-if-error");
		gateway.get(page, "If-None-Match", shown.header("ETag")).expect(304);
		await(page, 200, "A new title", () -> change(product.text("id"), "A new title"));
		await("/pages/categories/" + this.category, 200, "A new title", () -> {
		});
		String tag = gateway.get("/api/v1/products/" + product.text("id")).header("ETag");
		this.ann.send("DELETE", "/api/v1/products/" + product.text("id"), null, "If-Match", tag).expect(204);
		await(page, 410, "Product removed", () -> {
		});
		await("/pages/categories/" + this.category, 404, "Page not found", () -> {
		});
	}

	@Test
	void areFoundByTheSitemapAndTheTrendingPage() {
		String id = create("A chair").text("id");
		gateway.get("/pages/products/" + id).expect(200);
		assertThat(TestSystem.agora("bake")).contains("SUCCEEDED");
		String sitemap = gateway.get("/pages/sitemap.xml").expect(200).body().asString();
		assertThat(SITEMAP_PART.matcher(sitemap).results().map(MatchResult::group)).isNotEmpty()
			.anyMatch((part) -> gateway.get(part).expect(200).body().asString().contains("/pages/products/" + id));
		String trending = gateway.get("/pages/trending").expect(200).body().asString();
		assertThat(trending).contains("<h1>Trending</h1>", "/pages/products/");
		Matcher link = STYLESHEET.matcher(trending);
		assertThat(link.find()).isTrue();
		Response stylesheet = gateway.get(link.group(1)).expect(200);
		assertThat(stylesheet.header("Cache-Control")).contains("immutable");
		assertThat(stylesheet.header("X-Content-Type-Options")).isEqualTo("nosniff");
	}

	private Response create(String title) {
		return this.ann.send("POST", "/api/v1/products", body(title)).expect(201);
	}

	private void change(String id, String title) {
		String tag = gateway.get("/api/v1/products/" + id).header("ETag");
		this.ann.send("PUT", "/api/v1/products/" + id, body(title), "If-Match", tag).expect(200);
	}

	private String body(String title) {
		return """
				{"title": "%s", "category": "%s", "price": {"amount": 12.5, "currency": "EUR"}, "stock": 3}"""
			.formatted(title, this.category);
	}

	/** Makes a change and waits until a page shows it. */
	private static void await(String page, int status, String text, Runnable change) {
		change.run();
		Await.until(page + " shows " + text, Await.SOON, () -> {
			Response response = gateway.get(page);
			return response.status() == status && response.body().asString().contains(text);
		});
	}

}
