package dev.agora.feed.page;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.test.web.reactive.server.EntityExchangeResult;

import dev.agora.feed.TestFeedApplication;
import dev.agora.feed.activity.Activity;
import dev.agora.feed.activity.ActivityCache;
import dev.agora.feed.activity.ActivityProduct;
import dev.agora.feed.activity.ActivityReview;
import dev.agora.feed.activity.ActivityView;
import dev.agora.feed.activity.Author;
import dev.agora.feed.activity.Price;
import dev.agora.feed.audience.Block;
import dev.agora.feed.audience.BlockProjection;
import dev.agora.feed.timeline.FeedEndpoints;
import dev.agora.platform.consistency.ConsistencyToken;
import dev.agora.platform.document.Change;
import dev.agora.platform.identity.Identity;
import dev.agora.platform.web.Consistency;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares the filter, which joins the bytes of the cache, with the controller, which
 * serves the other media types, and with the activities in the store.
 */
class HomeFeedFilterTests extends FeedEndpoints {

	/** Characters that JSON must escape, or that have several bytes. */
	private static final String TEXT = "\"quoted\" \\ <b> \t\u0001/ Žofie \u2028 👩‍👧";

	private static final Instant AT = Instant.parse("2026-01-02T03:04:05.600Z");

	private static final String JSON = "application/json";

	/** Names JSON as well, but needs a negotiation. */
	private static final String NEGOTIATED = "application/json;q=0.9";

	private final Map<String, String> shown = new TreeMap<>();

	@Autowired
	private ActivityCache cache;

	@Autowired
	private BlockProjection blocks;

	@Autowired
	private JsonMapper json;

	private Author author;

	private String hidden;

	@BeforeEach
	void annActs() {
		this.author = new Author(this.ann, "ann", TEXT, 1);
		this.hidden = this.ids.next();
		this.blocks.upsert(new Block(this.hidden, this.bob), 1).block();
		ActivityProduct lamp = new ActivityProduct(this.ids.next(), TEXT, price("12.50"), 1);
		add("post", Activity.post(this.author, TEXT, lamp, AT));
		add("text", Activity.post(this.author, TEXT, null, AT));
		add("listing", Activity.listing(this.author, lamp, AT));
		add("reduction", Activity.reduction(this.author, lamp, price("1E+3"), AT));
		add("stars", Activity.review(this.author, lamp, new ActivityReview(5, null, 1), AT));
		add("review", Activity.review(this.author, lamp, new ActivityReview(1, TEXT, 1), AT));
		add("friendship", Activity.friendship(this.author, new Author(this.ids.next(), "carol", TEXT, 1), AT));
		add("hidden friendship", Activity.friendship(this.author, new Author(this.hidden, "hidden", TEXT, 1), AT));
	}

	@Test
	void showsEachFieldAsTheStoreHasIt() {
		requireShown(7);
	}

	/** The timeline and all bytes are cached before the changes. */
	@Test
	void showsRenamedRepricedAndDeletedActivitiesAsSoonAsTheirEventsAreApplied() {
		requireShown(7);
		change("post", (activity) -> activity.withAuthor(new Author(this.ann, "anna", "Anna", 2)));
		change("listing", (activity) -> activity
			.withProduct(new ActivityProduct(id(activity), "A lamp without a price tag", price("0.99"), 2)));
		change("text", (activity) -> activity.remove(AT));
		requireShown(6);
		assertThat(read("/feed", JSON, Map.of()).body()).contains("\"Anna\"", "without a price tag", "0.99");
	}

	@ParameterizedTest
	@MethodSource
	void respondsAsTheControllerTo(String uri, Map<String, String> headers) {
		// Copies that a response has just read from the store have no age.
		requireShown(7);
		for (int time = 0; time < 2; time++) {
			assertThat(read(uri, JSON, headers)).isEqualTo(read(uri, NEGOTIATED, headers));
		}
	}

	static Stream<Object[]> respondsAsTheControllerTo() {
		return Stream.of(request("/feed"), request("/feed?limit=2"), request("/feed?limit=7"),
				request("/feed?limit=100"), request("/feed?cursor=0000000000000"),
				request("/feed?cursor=ZZZZZZZZZZZZZ&limit=1"), request("/feed?cursor=zzz"), request("/feed?cursor="),
				request("/feed?limit="), request("/feed?limit=0"), request("/feed?limit=101"),
				request("/feed?limit=1&limit=2"), request("/feed?unknown=1"), request("/feed/"), request("/feed;a=b"),
				request("/feed", HttpHeaders.IF_NONE_MATCH, "*"), request("/feed", HttpHeaders.IF_NONE_MATCH, "\"1\""),
				request("/feed", HttpHeaders.IF_MATCH, "\"1\""),
				request("/feed", HttpHeaders.IF_MODIFIED_SINCE, "Fri, 27 Nov 2026 00:00:00 GMT"),
				request("/feed", HttpHeaders.RANGE, "bytes=0-3"), request("/feed", Consistency.HEADER, "eventual"),
				request("/feed", Consistency.HEADER, "session"), request("/feed", Consistency.HEADER, "strong"),
				request("/feed", Consistency.HEADER, "perfect"), request("/feed", ConsistencyToken.HEADER, "no token"),
				request("/feed", Identity.HEADER, "no identity"), request("/feed", "X-Request-Timeout", "60000"));
	}

	@Test
	void saysTheAgeOfItsCopiesIfAnyCopyIsAccepted() {
		requireShown(7);
		assertThat(read("/feed", JSON, Map.of(Consistency.HEADER, "eventual")).headers()).containsKey("Age");
		assertThat(read("/feed", JSON, Map.of(Consistency.HEADER, "session")).headers()).doesNotContainKey("Age");
	}

	@Test
	void servesThePlainReadsAlone() {
		assertThat(isServed(get())).isTrue();
		assertThat(isServed(get().header(HttpHeaders.ACCEPT, "*/*"))).isTrue();
		assertThat(isServed(get().header(HttpHeaders.ACCEPT, JSON))).isTrue();
		assertThat(isServed(get().header(HttpHeaders.ACCEPT, NEGOTIATED))).isFalse();
		assertThat(isServed(get().header(Consistency.HEADER, "strong"))).isFalse();
		assertThat(isServed(MockServerHttpRequest.get("/feed"))).isFalse();
		assertThat(isServed(MockServerHttpRequest.get("/feed/members/1").header(Identity.HEADER, "i"))).isFalse();
		assertThat(isServed(MockServerHttpRequest.head("/feed").header(Identity.HEADER, "i"))).isFalse();
		assertThat(isServed(MockServerHttpRequest.post("/feed").header(Identity.HEADER, "i"))).isFalse();
	}

	/** The copies lack a write of the client's token. */
	@Test
	void leavesAReadToTheStoreThatCopiesMayNotServe() {
		MockServerWebExchange exchange = MockServerWebExchange.from(get());
		exchange.getAttributes().put(Consistency.class.getName(), Consistency.STRONG);
		assertThat(HomeFeedFilter.isServed(exchange)).isFalse();
	}

	/** Compares the bytes of the first read, of later ones, and of the store's read. */
	private void requireShown(int count) {
		List<JsonNode> expected = this.activities.findByAuthors(Set.of(this.ann), null, 100)
			.filter((activity) -> !activity.members().contains(this.hidden))
			.map(this::toTree)
			.collectList()
			.blockOptional()
			.orElseThrow();
		assertThat(expected).hasSize(count);
		for (String consistency : List.of("session", "session", "eventual", "strong")) {
			Response page = read("/feed", JSON, Map.of(Consistency.HEADER, consistency));
			JsonNode body = this.json.readTree(page.body());
			assertThat(body.propertyNames()).containsExactly("items", "next");
			assertThat(body.path("items").valueStream()).containsExactlyElementsOf(expected);
			assertThat(body.path("next").isNull()).isTrue();
		}
	}

	/** Reads what an endpoint would write. */
	private JsonNode toTree(ActivityView activity) {
		return this.json.readTree(this.json.writeValueAsString(activity));
	}

	private void add(String name, Change<Activity> publication) {
		String id = this.ids.next();
		this.activities.addOnce(id, publication).block();
		this.shown.put(name, id);
	}

	/** Changes an activity, and applies its event to the cache. */
	private void change(String name, Function<Activity, Change<Activity>> decision) {
		String id = Objects.requireNonNull(this.shown.get(name));
		this.activities.changeIfPresent(id, decision).then(this.cache.invalidateAll(Map.of(id, 2L))).block();
	}

	private static String id(Activity activity) {
		return Objects.requireNonNull(activity.product()).id();
	}

	private static Price price(String amount) {
		return new Price(new BigDecimal(amount), "EUR");
	}

	private static Object[] request(String uri, String... header) {
		return new Object[] { uri, (header.length == 0) ? Map.of() : Map.of(header[0], header[1]) };
	}

	private static MockServerHttpRequest.BaseBuilder<?> get() {
		return MockServerHttpRequest.get("/feed").header(Identity.HEADER, "i");
	}

	private static boolean isServed(MockServerHttpRequest.BaseBuilder<?> request) {
		return HomeFeedFilter.isServed(MockServerWebExchange.from(request.build()));
	}

	private Response read(String uri, String accept, Map<String, String> headers) {
		EntityExchangeResult<byte[]> result = this.client.get().uri(uri).headers((sent) -> {
			sent.set(Identity.HEADER, TestFeedApplication.identity(this.bob));
			sent.set(HttpHeaders.ACCEPT, accept);
			sent.set("X-Request-Id", "same");
			sent.set("traceparent", "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01");
			sent.setAll(headers);
		}).exchange().expectBody().returnResult();
		byte @Nullable [] body = result.getResponseBody();
		Map<String, String> received = new TreeMap<>(result.getResponseHeaders().toSingleValueMap());
		received.replace(HttpHeaders.AGE, "some seconds");
		return new Response(result.getStatus().value(), received,
				new String((body != null) ? body : new byte[0], StandardCharsets.UTF_8));
	}

	/** The parts of a response that a client may depend on. */
	private record Response(int status, Map<String, String> headers, String body) {
	}

}
