package dev.agora.product.catalog;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Stored;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.web.Idempotency;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;
import dev.agora.product.catalog.query.ProductOrder;
import dev.agora.product.catalog.query.ProductQuery;

import static dev.agora.product.catalog.ProductTests.aProduct;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProductsStoreTests {

	private static final ProductQuery ALL = new ProductQuery(null, null, null, ProductOrder.NEWEST);

	private static final TestMongoServer mongo = new TestMongoServer();

	private static int databases;

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	private Products products;

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@BeforeEach
	void openProducts() {
		DocumentStore store = new DocumentStore(mongo.database("product" + databases++), new JsonMapper(),
				Clock.systemUTC());
		this.products = new Products(store, Clock.systemUTC());
		store.migrate().block();
	}

	@Test
	void findsAnAddedProduct() {
		Stored<Product> added = add(aProduct("Lamp", "home", "red"));
		assertThat(added.version()).isEqualTo(1);
		assertThat(this.products.find(added.id()).block()).isEqualTo(added);
		assertThat(added.value()).isEqualTo(aProduct("Lamp", "home", "red"));
		assertThat(this.products.find(this.ids.next()).blockOptional()).isEmpty();
	}

	@Test
	void addsAProductOnceForAnIdempotencyKey() {
		Product lamp = aProduct("Lamp", "home");
		Stored<Product> first = add(lamp, "key", "body");
		assertThat(add(lamp, "key", "body")).isEqualTo(first);
		assertThat(list(ALL, 10, null).items()).hasSize(1);
		assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> add(lamp, "key", "another body"))
			.satisfies((failure) -> assertThat(failure.status()).isEqualTo(422));
	}

	@Test
	void listsPagesNewestFirst() {
		List<String> added = new ArrayList<>();
		for (int i = 0; i < 7; i++) {
			added.add(0, add(aProduct("Lamp " + i, "home")).id());
		}
		Page<String> first = list(ALL, 3, null);
		Page<String> second = list(ALL, 3, first.next());
		Page<String> third = list(ALL, 3, second.next());
		assertThat(first.items()).isEqualTo(added.subList(0, 3));
		assertThat(second.items()).isEqualTo(added.subList(3, 6));
		assertThat(third).isEqualTo(new Page<>(added.subList(6, 7), null));
	}

	@Test
	void filtersByCategorySellerAndTag() {
		String redLamp = add(aProduct("Lamp", "home", "red", "new")).id();
		String blueLamp = add(aProduct("Lamp", "home", "blue")).id();
		String redBike = add(aProduct("Bike", "sport", "red")).id();
		assertThat(list(new ProductQuery("home", null, null, ProductOrder.NEWEST), 10, null).items())
			.containsExactly(blueLamp, redLamp);
		assertThat(list(new ProductQuery(null, null, "red", ProductOrder.NEWEST), 10, null).items())
			.containsExactly(redBike, redLamp);
		assertThat(list(new ProductQuery("home", ProductTests.ANNA.id(), "red", ProductOrder.NEWEST), 10, null).items())
			.containsExactly(redLamp);
		assertThat(list(new ProductQuery(null, this.ids.next(), null, ProductOrder.NEWEST), 10, null).items())
			.isEmpty();
	}

	private Page<String> list(ProductQuery query, int limit, @Nullable String cursor) {
		return this.products.list(query, new PageRequest(limit, cursor)).block().map(Stored::id);
	}

	private Stored<Product> add(Product product) {
		return this.products.add(this.ids.next(), product.publish(Instant.EPOCH), Optional.empty()).block();
	}

	private Stored<Product> add(Product product, String key, String body) {
		return this.products
			.add(this.ids.next(), product.publish(Instant.EPOCH), Idempotency.of(key, ProductTests.ANNA.id(), body))
			.block();
	}

}
