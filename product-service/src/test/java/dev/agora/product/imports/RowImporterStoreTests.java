package dev.agora.product.imports;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

import com.mongodb.client.model.Filters;
import com.mongodb.reactivestreams.client.MongoDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Stored;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.imports.ImportResult;
import dev.agora.platform.imports.row.Row;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.product.catalog.Price;
import dev.agora.product.catalog.Product;
import dev.agora.product.catalog.Products;
import dev.agora.product.catalog.Seller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RowImporterStoreTests {

	private static final Seller ANNA = new Seller("0SAX0RSKMBGW0", "anna", "Anna", 3);

	private static final TestMongoServer mongo = new TestMongoServer();

	private static int databases;

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	private DocumentStore store;

	private Products products;

	private SellerKeys keys;

	private MongoDatabase database;

	private RowImporter importer;

	@BeforeEach
	void open() {
		this.database = mongo.database("imports" + databases++);
		this.store = new DocumentStore(this.database, new JsonMapper(), Clock.systemUTC());
		this.products = new Products(this.store, Clock.systemUTC());
		this.keys = new SellerKeys(this.database);
		this.importer = importer(Clock.systemUTC());
		this.store.migrate().block();
	}

	private RowImporter importer(Clock clock) {
		return new RowImporter(this.products, this.keys, this.ids, clock);
	}

	@AfterAll
	static void stop() {
		mongo.close();
	}

	private static Row.Valid<Product> row(long line, String title) {
		return row(line, "key " + line, title);
	}

	private static Row.Valid<Product> row(long line, String key, String title) {
		return new Row.Valid<>(line, key, new Product(title, null, "home", Price.of(BigDecimal.ONE, "EUR"), 1,
				List.of(), Map.of(), null, ANNA, 1));
	}

	private static List<Row.Valid<Product>> rows(int count) {
		return IntStream.rangeClosed(1, count).mapToObj((line) -> row(line, "Lamp " + line)).toList();
	}

	private String write(String job, List<Row.Valid<Product>> rows) {
		ImportResult result = Objects.requireNonNull(this.importer.write(job, rows).block());
		return result.created() + " " + result.changed() + " " + result.unchanged();
	}

	private List<Stored<Product>> all() {
		return Objects.requireNonNull(
				this.products.idsWithSellerBefore(ANNA.id(), 9).flatMap(this.products::find).collectList().block());
	}

	@Test
	void createsAProductWithAnEventForEachRow() {
		assertThat(write("a", rows(100))).isEqualTo("100 0 0");
		assertThat(all()).hasSize(100).allSatisfy((product) -> {
			assertThat(product.version()).isEqualTo(1);
			assertThat(TestMongoServer.events(this.store, product.id())).containsExactly("product.listed");
		});
		List<String> titles = all().stream()
			.sorted((one, other) -> one.id().compareTo(other.id()))
			.map((product) -> product.value().title())
			.toList();
		assertThat(titles).startsWith("Lamp 1", "Lamp 2").endsWith("Lamp 100");
	}

	@Test
	void changesNothingTheSecondTime() {
		write("a", rows(100));
		List<Stored<Product>> before = all();
		assertThat(write("b", rows(100))).isEqualTo("0 0 100");
		assertThat(all()).containsExactlyInAnyOrderElementsOf(before);
	}

	@Test
	void changesTheProductOfAKey() {
		write("a", rows(3));
		assertThat(write("b", List.of(row(1, "Lamp 1"), row(2, "Chair"), row(4, "Table")))).isEqualTo("1 1 1");
		assertThat(all()).extracting((product) -> product.value().title())
			.containsExactlyInAnyOrder("Lamp 1", "Chair", "Lamp 3", "Table");
		assertThat(write("c", List.of(row(2, "Chair")))).isEqualTo("0 0 1");
	}

	@Test
	void hasTheSameOutcomeWhenARunIsRepeated() {
		write("a", rows(3));
		List<Row.Valid<Product>> next = List.of(row(1, "Lamp 1"), row(2, "Chair"), row(4, "Table"));
		assertThat(write("b", next)).isEqualTo("1 1 1");
		assertThat(write("b", next)).isEqualTo("1 1 1");
		assertThat(all()).hasSize(4);
	}

	@ParameterizedTest
	@CsvSource({ "insert, sellerKeys, false", "insert, sellerKeys, true", "update, sellerKeys, false",
			"update, sellerKeys, true", "insert, products, false", "insert, products, true",
			"findAndModify, products, false", "findAndModify, products, true" })
	void resumesAfterAnInterruptedCommand(String command, String collection, boolean isDone) {
		write("a", rows(3));
		List<Row.Valid<Product>> next = List.of(row(1, "Lamp 1"), row(2, "Chair"), row(4, "Table"));
		mongo.stepDownAt(command, collection, isDone);
		assertThatExceptionOfType(Unavailable.class).isThrownBy(() -> write("b", next));
		assertThat(write("b", next)).isEqualTo("1 1 1");
		assertThat(all()).extracting((product) -> product.value().title())
			.containsExactlyInAnyOrder("Lamp 1", "Chair", "Lamp 3", "Table");
	}

	@Test
	void createsADeletedProductAgain() {
		write("a", rows(2));
		Stored<Product> deleted = all().get(0);
		this.products.delist(deleted.id(), Optional.empty(), ANNA.id()).block();
		assertThat(write("b", rows(2))).isEqualTo("1 0 1");
		assertThat(all()).hasSize(2).extracting(Stored::id).doesNotContain(deleted.id());
		assertThat(write("b", rows(2))).isEqualTo("1 0 1");
		assertThat(write("c", rows(2))).isEqualTo("0 0 2");
	}

	@Test
	void givesADeletedProductANewIdWhenItsTombstoneIsGone() {
		write("a", rows(2));
		Stored<Product> deleted = all().get(0);
		Mono.from(this.database.getCollection("products").deleteOne(Filters.eq(deleted.id()))).block();
		this.importer = importer(Clock.offset(Clock.systemUTC(), Duration.ofHours(25)));
		assertThat(write("b", rows(2))).isEqualTo("1 0 1");
		assertThat(all()).hasSize(2).extracting(Stored::id).doesNotContain(deleted.id());
	}

	@Test
	void createsEachProductOnceByConcurrentImports() {
		List<ImportResult> results = Objects.requireNonNull(Flux.range(0, 8)
			.flatMap((job) -> this.importer.write("job " + job, rows(50)), 8)
			.collectList()
			.block(Duration.ofMinutes(1)));
		assertThat(all()).hasSize(50).allSatisfy((product) -> assertThat(product.version()).isEqualTo(1));
		assertThat(results).allSatisfy((result) -> assertThat(result.changed()).isZero());
		assertThat(results.stream().mapToLong((result) -> result.created() + result.unchanged()).sum()).isEqualTo(400);
	}

	@Test
	void endsWithOneOfTheStatesOfConcurrentImports() {
		write("a", rows(50));
		List<Row.Valid<Product>> chairs = new ArrayList<>();
		rows(50).forEach((row) -> chairs.add(row(row.line(), "Chair")));
		Flux.range(0, 8)
			.flatMap((job) -> this.importer.write("job " + job, (job % 2 == 0) ? chairs : rows(50)), 8)
			.blockLast(Duration.ofMinutes(1));
		assertThat(all()).hasSize(50);
		write("last", chairs);
		assertThat(all()).extracting((product) -> product.value().title()).containsOnly("Chair");
	}

}
