package dev.agora.product.page.render;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.digest.Sha256;
import dev.agora.product.catalog.ProductView;
import dev.agora.product.page.store.PageContent;

import static org.assertj.core.api.Assertions.assertThat;

class PageRendererTests {

	private static final Pattern JSON_LD = Pattern.compile("<script type=\"application/ld\\+json\">(.*?)</script>",
			Pattern.DOTALL);

	private final Stylesheet stylesheet = new Stylesheet();

	private final PageRenderer renderer = new PageRenderer(TestProducts.SETTINGS, this.stylesheet, new JsonMapper());

	PageRendererTests() throws IOException {
	}

	@Test
	void rendersValidHtmlWithTheFieldsOfAProduct() {
		String html = text(this.renderer.product(TestProducts.lamp()));
		assertThat(HtmlValidator.findings(html)).isEmpty();
		assertThat(html).contains("<h1 dir=\"auto\">Lamp</h1>", "12.50 EUR", "In stock", "<bdi>Anna</bdi>",
				"It shines.", "<dt><bdi>Colour</bdi></dt>", "href=\"/pages/categories/home\"", this.stylesheet.path(),
				"<link rel=\"canonical\" href=\"https://shop.example.org/pages/products/" + TestProducts.ID + "\">",
				"<meta property=\"og:title\" content=\"Lamp\">");
	}

	@Test
	void rendersValidHtmlForLists() {
		String html = text(this.renderer.category("home", List.of(TestProducts.lamp(), TestProducts.lamp())));
		assertThat(HtmlValidator.findings(html)).isEmpty();
		assertThat(html).contains("<a href=\"/pages/products/" + TestProducts.ID + "\">Lamp</a>");
		assertThat(HtmlValidator.findings(text(this.renderer.trending(List.of())))).isEmpty();
		assertThat(HtmlValidator.findings(text(this.renderer.message("Not found", "Nothing is here.")))).isEmpty();
	}

	@Test
	void theValidatorFindsAnErrorInAPage() {
		String html = text(this.renderer.product(TestProducts.lamp()));
		assertThat(HtmlValidator.findings(html.replace("</h1>", "</h2>"))).contains("Error: End tag");
	}

	@Test
	void describesTheProductForSearchEngines() {
		JsonNode data = jsonLd(text(this.renderer.product(TestProducts.lamp())));
		assertThat(data.path("@type").asString()).isEqualTo("Product");
		assertThat(data.at("/offers/price").asString()).isEqualTo("12.50");
		assertThat(data.at("/offers/availability").asString()).isEqualTo("https://schema.org/InStock");
		assertThat(data.has("aggregateRating")).isFalse();
	}

	@Test
	void showsTheRatingAndSomeReviews() {
		String html = text(this.renderer.product(TestProducts.ofText("Fine", null)));
		assertThat(html).contains("★★★☆☆", "3.0 of 5 (3 reviews)", "★★★★☆", "by <bdi>Fine</bdi>",
				"<time datetime=\"2026-11-26\">", "<meter min=\"0\" max=\"3\" value=\"2\">2</meter>");
		JsonNode data = jsonLd(html);
		assertThat(data.at("/aggregateRating/ratingValue").asDouble()).isEqualTo(3);
		assertThat(data.at("/review/0/reviewBody").asString()).isEqualTo("Fine");
	}

	/** If this test fails, raise the revision and replace the digest. */
	@Test
	void theRevisionIsRaisedWithTheTemplates() throws IOException {
		try (Stream<Path> templates = Files.list(Path.of("src/main/jte"))) {
			String all = templates.sorted().map(PageRendererTests::read).collect(Collectors.joining());
			assertThat(PageRenderer.REVISION + " " + Sha256.hex(all).substring(0, 16)).isEqualTo("1 aabcf52ead86c8e2");
		}
	}

	@Test
	void anUnchangedPageHasTheSameTagInEveryProcess() {
		Matcher data = JSON_LD.matcher(text(this.renderer.product(TestProducts.lamp())));
		assertThat(data.find()).isTrue();
		String url = "\"https://shop.example.org/pages/products/" + TestProducts.ID + "\"";
		assertThat(data.group(1)).isEqualTo(
				"{\"@context\":\"https://schema.org\",\"@type\":\"Product\",\"name\":\"Lamp\",\"description\":\"A lamp. It shines.\","
						+ "\"category\":\"home\",\"url\":" + url + ",\"image\":\"https://images.example.org/lamp.png\","
						+ "\"offers\":{\"@type\":\"Offer\",\"price\":\"12.50\",\"priceCurrency\":\"EUR\","
						+ "\"availability\":\"https://schema.org/InStock\",\"url\":" + url
						+ ",\"seller\":{\"@type\":\"Person\",\"name\":\"Anna\"}}}");
	}

	@ParameterizedTest
	@MethodSource("hostileTexts")
	void escapesEveryTextOfAProduct(String hostile) {
		ProductView product = TestProducts.ofText(hostile, null);
		String html = text(this.renderer.product(product));
		assertThat(HtmlValidator.findings(html)).isEmpty();
		assertThat(html.split("<script", -1)).as("one script, the data").hasSize(2);
		assertThat(withoutData(html)).doesNotContain("<img", "<svg", "<script", "<!--", "<b>", "onerror=\"");
		assertThat(jsonLd(html).path("name").asString()).isEqualTo(hostile);
		assertThat(HtmlValidator.findings(text(this.renderer.category("home", List.of(product))))).isEmpty();
	}

	static Stream<String> hostileTexts() {
		return Stream.of("</script><script>alert(1)</script>", "<!--<script>", "]]>", "\"><img src=x onerror=alert(1)>",
				"' onmouseover='alert(1)", "</title><svg onload=alert(1)>", "{{7*7}} ${7*7} @if(true) $unsafe{x}",
				"javascript:alert(1)", "&lt;b&gt; &amp; &#x3c;b&#x3e;", "\u202Egnp.exe\u2066", "a\u2028b\u2029c",
				"\\u003c/script\\u003e", "<b>\uD83D\uDE00</b>", "x".repeat(5000));
	}

	@ParameterizedTest
	@ValueSource(strings = { "javascript:alert(1)", "data:text/html,<script>", "JaVaScRiPt:alert(1)", "//evil.example",
			"vbscript:x", " https://blank.example" })
	void showsNoPictureFromAnAddressThatIsNotOfTheWeb(String address) {
		String html = text(this.renderer.product(TestProducts.ofText("Lamp", address)));
		assertThat(html).doesNotContain("<img", "og:image", "evil.example", "alert(1)");
		assertThat(jsonLd(html).has("image")).isFalse();
	}

	@Test
	void escapesTheAddressOfAPicture() {
		String html = text(this.renderer.product(TestProducts.ofText("Lamp", "https://x.example/\"onload=\"alert(1)")));
		assertThat(withoutData(html)).contains("<img src=").doesNotContain("onload=\"");
	}

	@Test
	void replacesCharactersThatNoDocumentMayHave() {
		String html = text(this.renderer.product(TestProducts.ofText("a\u0000b\uD800c\uFFFFd\u0085e", null)));
		assertThat(html).contains("<h1 dir=\"auto\">a\uFFFDb\uFFFDc\uFFFDd\uFFFDe</h1>");
		assertThat(HtmlValidator.findings(html)).isEmpty();
	}

	@Test
	void onlyTheStructuredDataIsNotEscaped() throws IOException {
		try (Stream<Path> templates = Files.walk(Path.of("src/main/jte"))) {
			String all = templates.filter(Files::isRegularFile).map(PageRendererTests::read).reduce("", String::concat);
			assertThat(all.split("\\$unsafe\\{", -1)).hasSize(2);
			assertThat(all).contains("<script type=\"application/ld+json\">$unsafe{head.jsonLd()}</script>")
				.doesNotContain("!{");
		}
	}

	private static String withoutData(String html) {
		return JSON_LD.matcher(html).replaceAll("");
	}

	private static JsonNode jsonLd(String html) {
		Matcher data = JSON_LD.matcher(html);
		assertThat(data.find()).isTrue();
		return new JsonMapper().readTree(data.group(1));
	}

	private static String text(PageContent content) {
		return new String(content.plain(), StandardCharsets.UTF_8);
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
