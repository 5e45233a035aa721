package dev.agora.product.catalog;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Updates;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.bson.types.Decimal128;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.Change;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Stored;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;
import dev.agora.platform.web.conditional.IfMatch;
import dev.agora.product.catalog.query.ProductOrder;
import dev.agora.product.catalog.query.ProductQuery;
import dev.agora.product.rating.Rating;
import dev.agora.product.rating.ReviewSummary;

import static org.assertj.core.api.Assertions.assertThat;

/** Lists products in each order, while they change. */
class ProductListsStoreTests {

	private static final TestMongoServer mongo = new TestMongoServer();

	private static final IfMatch ANY = IfMatch.parse("*").orElseThrow();

	private static int databases;

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	private MongoDatabase database;

	private Products products;

	@AfterAll
	static void stopMongo() {
		mongo.commands().requireIndexed(Map.of());
		mongo.close();
	}

	@BeforeEach
	void openProducts() {
		this.database = mongo.database("lists" + databases++);
		this.products = open();
	}

	@Test
	void listsTheLowestPriceOfEachCurrencyFirst() {
		String dollar = add("home", "1", "USD");
		String tenth = add("home", "0.10", "EUR");
		String million = add("home", "1000000", "EUR");
		String ten = add("home", "10", "EUR");
		String nine = add("home", "9.99", "EUR");
		String another = add("home", "9.99", "EUR");
		assertThat(all(query(null, ProductOrder.PRICE), 2)).containsExactly(tenth, another, nine, ten, million, dollar);
	}

	@Test
	void listsTheBestRatingFirst() {
		String unrated = add("home", "5", "EUR");
		String good = rated(0, 0, 0, 1, 1);
		String bad = rated(3, 0, 0, 0, 0);
		String perfect = rated(0, 0, 0, 0, 1);
		String popular = rated(0, 0, 0, 0, 1000);
		String better = rated(0, 0, 0, 1, 2);
		String newer = add("home", "5", "EUR");
		assertThat(all(query("home", ProductOrder.RATING), 2)).containsExactly(popular, perfect, better, good, bad,
				newer, unrated);
	}

	private String rated(long... histogram) {
		String id = add("home", "5", "EUR");
		ReviewSummary summary = new ReviewSummary(Rating.of(LongStream.of(histogram).boxed().toList()), List.of());
		assertThat(this.products.claim(id).flatMap((claim) -> this.products.rate(claim, summary)).block()).isTrue();
		return id;
	}

	@ParameterizedTest
	@EnumSource
	void listsTheNewestOfEqualProductsFirst(ProductOrder order) {
		List<String> added = new ArrayList<>();
		for (int i = 0; i < 7; i++) {
			added.add(0, add("home", "5", "EUR"));
		}
		assertThat(all(query("home", order), 3)).isEqualTo(added);
		assertThat(all(query("home", order), 7)).isEqualTo(added);
	}

	@ParameterizedTest
	@EnumSource
	void servesEachFilterInEachOrder(ProductOrder order) {
		for (int i = 0; i < 3; i++) {
			add("home", "5", "EUR");
		}
		Stream
			.of(query("home", order), query(null, order), new ProductQuery(null, ProductTests.ANNA.id(), null, order),
					new ProductQuery(null, null, "red", order),
					new ProductQuery("home", ProductTests.ANNA.id(), "red", order))
			.forEach((query) -> assertThat(all(query, 1)).hasSize(3));
		assertThat(all(query("garden", order), 1)).isEmpty();
	}

	/** Products are added, repriced and deleted between two pages. */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6 })
	void listsEachUnchangedProductOnceWhileOthersChange(long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		Map<String, String> unchanged = new TreeMap<>(Comparator.reverseOrder());
		for (int i = 0; i < 40; i++) {
			String price = String.valueOf(random.nextInt(12));
			unchanged.put(add("home", price, "EUR"), price);
		}
		List<String> seen = new ArrayList<>();
		@Nullable String cursor = null;
		do {
			Page<String> page = list(query("home", ProductOrder.PRICE), 1 + random.nextInt(5), cursor);
			seen.addAll(page.items());
			cursor = page.next();
			change(unchanged, random);
		}
		while (cursor != null);
		List<String> expected = unchanged.entrySet()
			.stream()
			.sorted(Comparator.comparing((entry) -> Integer.valueOf(entry.getValue())))
			.map(Map.Entry::getKey)
			.toList();
		assertThat(seen.stream().filter(unchanged::containsKey)).as("seed " + seed).isEqualTo(expected);
	}

	private void change(Map<String, String> unchanged, SplittableRandom random) {
		add("home", String.valueOf(random.nextInt(12)), "EUR");
		List<String> others = List.copyOf(unchanged.keySet());
		String deleted = others.get(random.nextInt(others.size()));
		unchanged.remove(deleted);
		this.products.delist(deleted, Optional.empty(), ProductTests.ANNA.id()).block();
		String repriced = others.get(random.nextInt(others.size()));
		if (unchanged.remove(repriced) != null) {
			this.products.replace(repriced, ANY, priced("home", String.valueOf(random.nextInt(12)), "EUR")).block();
		}
	}

	@Test
	void continuesAfterTheLastProductOfAPageWasDeleted() {
		String cheap = add("home", "1", "EUR");
		String dear = add("home", "2", "EUR");
		Page<String> first = list(query("home", ProductOrder.PRICE), 1, null);
		assertThat(first.items()).containsExactly(cheap);
		this.products.delist(cheap, Optional.empty(), ProductTests.ANNA.id()).block();
		assertThat(list(query("home", ProductOrder.PRICE), 1, first.next())).isEqualTo(new Page<>(List.of(dear), null));
	}

	@Test
	void listsOlderProductsOnceTheServiceHasStarted() {
		String id = add("home", "12.50", "EUR");
		Mono.from(this.database.getCollection("products")
			.updateMany(Filters.eq(id), Updates.combine(Updates.unset("value.priceKey"),
					Updates.unset("value.ratingKey"), Updates.unset("value.edition"), Updates.unset("value.rating"),
					Updates.unset("value.topReviews"), Updates.set("value.price.amount", Decimal128.parse("12.50")))))
			.block();
		assertThat(all(query(null, ProductOrder.PRICE), 5)).isEmpty();
		assertThat(this.products.find(id).block()).isNotNull().satisfies((older) -> {
			assertThat(older.value().edition()).isEqualTo(1);
			assertThat(older.value().summary()).isEqualTo(new ReviewSummary(Rating.NONE, List.of()));
			assertThat(older.value().price().amount()).hasToString("12.50");
		});
		this.products = open();
		assertThat(all(query(null, ProductOrder.PRICE), 5)).containsExactly(id);
		assertThat(all(query(null, ProductOrder.RATING), 5)).containsExactly(id);
		assertThat(this.products.find(id).block()).extracting(Stored::version).isEqualTo(1L);
	}

	private Products open() {
		DocumentStore store = new DocumentStore(this.database, new JsonMapper(), Clock.systemUTC());
		Products opened = new Products(store, Clock.systemUTC());
		store.migrate().block();
		return opened;
	}

	private static ProductQuery query(@Nullable String category, ProductOrder order) {
		return new ProductQuery(category, null, null, order);
	}

	private List<String> all(ProductQuery query, int limit) {
		List<String> all = new ArrayList<>();
		@Nullable String cursor = null;
		do {
			Page<String> page = list(query, limit, cursor);
			all.addAll(page.items());
			cursor = page.next();
		}
		while (cursor != null);
		return all;
	}

	private Page<String> list(ProductQuery query, int limit, @Nullable String cursor) {
		return this.products.list(query, new PageRequest(limit, cursor)).block().map(Stored::id);
	}

	private String add(String category, String amount, String currency) {
		Change<Product> publication = priced(category, amount, currency).publish(Instant.EPOCH);
		return this.products.add(this.ids.next(), publication, Optional.empty()).block().id();
	}

	private static Product priced(String category, String amount, String currency) {
		return new Product("Lamp", null, category, Price.of(new BigDecimal(amount), currency), 1, List.of("red"),
				Map.of(), null, ProductTests.ANNA, Product.FIRST_EDITION);
	}

}
