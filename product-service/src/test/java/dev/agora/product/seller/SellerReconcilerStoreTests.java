package dev.agora.product.seller;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Stored;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.product.catalog.Price;
import dev.agora.product.catalog.Product;
import dev.agora.product.catalog.Products;
import dev.agora.product.catalog.Seller;
import dev.agora.product.member.MemberCard;
import dev.agora.product.member.MemberProjection;

import static org.assertj.core.api.Assertions.assertThat;

/** Sellers who go by other names and leave, in every order of what is told of it. */
class SellerReconcilerStoreTests {

	private static final int MANY = 200;

	private static final TestMongoServer mongo = new TestMongoServer();

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	private final Seller anna = new Seller(this.ids.next(), "anna", "Anna", 1);

	private final Seller ben = new Seller(this.ids.next(), "ben", "Ben", 1);

	private DocumentStore store;

	private MemberProjection members;

	private Products products;

	private SellerReconciler upkeep;

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@BeforeEach
	void open() {
		this.store = mongo.store();
		this.members = new MemberProjection(this.store);
		this.products = new Products(this.store);
		this.upkeep = new SellerReconciler(this.members, this.products, Clock.systemUTC());
		this.store.migrate().block();
	}

	@Test
	void allProductsShowTheNewNameAndNobodyElsesDo() {
		List<String> annas = IntStream.range(0, MANY).mapToObj((number) -> list(this.anna)).toList();
		String bens = list(this.ben);
		rename(2, "Anna B.");
		assertThat(annas).map(this::product).allSatisfy((product) -> {
			assertThat(product.value().seller()).isEqualTo(named(2, "Anna B."));
			assertThat(product.version()).isEqualTo(2);
		});
		assertThat(product(bens).value().seller()).isEqualTo(this.ben);
	}

	@Test
	void whatIsToldTwiceOrTooLateChangesNothing() {
		String id = list(this.anna);
		rename(3, "Anna C.");
		rename(2, "Anna B.");
		rename(3, "Anna C.");
		assertThat(product(id).value().seller()).isEqualTo(named(3, "Anna C."));
		assertThat(product(id).version()).isEqualTo(2);
	}

	@Test
	void goesOnWhereItWasInterrupted() {
		List<String> annas = IntStream.range(0, MANY).mapToObj((number) -> list(this.anna)).toList();
		this.members.put(this.anna.id(), 2, new MemberCard("anna", "Anna B.")).block();
		annas.subList(0, MANY / 2)
			.forEach((id) -> this.products.changeIfPresent(id, (product) -> product.soldBy(named(2, "Anna B.")))
				.block());
		rename(2, "Anna B.");
		assertThat(annas).map(this::product).allSatisfy((product) -> {
			assertThat(product.value().seller()).isEqualTo(named(2, "Anna B."));
			assertThat(product.version()).isEqualTo(2);
		});
	}

	@Test
	void endsTheProductsOfWhoLeftHoweverOftenItIsTold() {
		List<String> annas = IntStream.range(0, MANY).mapToObj((number) -> list(this.anna)).toList();
		String bens = list(this.ben);
		leave(3);
		leave(3);
		rename(2, "Told too late");
		assertThat(annas).noneMatch(this::isThere);
		assertThat(isThere(bens)).isTrue();
		assertThat(events(annas.get(0))).containsExactly("product.listed", "product.delisted");
	}

	@Test
	void aProductListedWhileItsSellerLeftGoesByItsOwnEvent() {
		leave(2);
		String late = list(this.anna);
		assertThat(isThere(late)).isTrue();
		this.upkeep.settle(late, this.anna).block();
		this.upkeep.settle(late, this.anna).block();
		assertThat(isThere(late)).isFalse();
	}

	@Test
	void aProductListedWhileItsSellerWasRenamedIsRenamedByItsOwnEvent() {
		rename(2, "Anna B.");
		String late = list(this.anna);
		this.upkeep.settle(late, this.anna).block();
		assertThat(product(late).value().seller()).isEqualTo(named(2, "Anna B."));
		this.upkeep.settle(late, this.anna).block();
		assertThat(product(late).version()).isEqualTo(2);
	}

	@Test
	void leavesAProductAloneWhoseSellerIsAsListedOrUnknownYet() {
		String id = list(this.anna);
		this.upkeep.settle(id, this.anna).block();
		this.members.put(this.anna.id(), 1, new MemberCard("anna", "Anna")).block();
		this.upkeep.settle(id, this.anna).block();
		assertThat(product(id).version()).isEqualTo(1);
	}

	private void rename(long version, String name) {
		this.upkeep.rename(this.anna.id(), version, new MemberCard("anna", name)).block();
	}

	private void leave(long version) {
		this.upkeep.leave(this.anna.id(), version).block();
	}

	private Seller named(long version, String name) {
		return new Seller(this.anna.id(), "anna", name, version);
	}

	private String list(Seller seller) {
		Product lamp = new Product("Lamp", null, "home", Price.of(BigDecimal.ONE, "EUR"), 1, List.of(), Map.of(), null,
				seller);
		return this.products.add(this.ids.next(), lamp.list(Instant.EPOCH), Optional.empty()).block().id();
	}

	private Stored<Product> product(String id) {
		return this.products.find(id).block();
	}

	private boolean isThere(String id) {
		return this.products.find(id).hasElement().block();
	}

	private List<String> events(String id) {
		return TestMongoServer.events(this.store, id);
	}

}
