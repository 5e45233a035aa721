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
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.projection.Reconciler;
import dev.agora.platform.testing.TestMongoServer;
import dev.agora.platform.testing.TestProjections;
import dev.agora.product.catalog.Price;
import dev.agora.product.catalog.Product;
import dev.agora.product.catalog.Products;
import dev.agora.product.catalog.Seller;

import static org.assertj.core.api.Assertions.assertThat;

/** Renames and deletes sellers, with their events in every order. */
class SellerProductsStoreTests {

	private static final int MANY = 200;

	private static final TestMongoServer mongo = new TestMongoServer();

	private final IdGenerator ids = new IdGenerator(Clock.systemUTC());

	private final Seller anna = new Seller(this.ids.next(), "anna", "Anna", 1);

	private final Seller ben = new Seller(this.ids.next(), "ben", "Ben", 1);

	private DocumentStore store;

	private MemberProjection members;

	private Products products;

	private Reconciler<MemberCard> sellers;

	@AfterAll
	static void stopMongo() {
		mongo.close();
	}

	@BeforeEach
	void open() {
		this.store = mongo.store();
		this.members = TestProjections.members(this.store);
		this.products = new Products(this.store, Clock.systemUTC());
		this.sellers = this.members.reconciler(new SellerProducts(this.products, Clock.systemUTC()));
		this.store.migrate().block();
	}

	@Test
	void showsTheNewNameOnAllProductsOfTheSellerAndOnNoOthers() {
		List<String> annas = IntStream.range(0, MANY).mapToObj((number) -> publish(this.anna)).toList();
		String bens = publish(this.ben);
		rename(2, "Anna B.");
		assertThat(annas).map(this::product).allSatisfy((product) -> {
			assertThat(product.value().seller()).isEqualTo(named(2, "Anna B."));
			assertThat(product.version()).isEqualTo(2);
		});
		assertThat(product(bens).value().seller()).isEqualTo(this.ben);
	}

	@Test
	void ignoresEventsThatAreRepeatedOrLate() {
		String id = publish(this.anna);
		rename(3, "Anna C.");
		rename(2, "Anna B.");
		rename(3, "Anna C.");
		assertThat(product(id).value().seller()).isEqualTo(named(3, "Anna C."));
		assertThat(product(id).version()).isEqualTo(2);
	}

	@Test
	void resumesAnInterruptedReconciliation() {
		List<String> annas = IntStream.range(0, MANY).mapToObj((number) -> publish(this.anna)).toList();
		TestProjections.upsertMember(this.store, card("Anna B."), 2).block();
		annas.subList(0, MANY / 2)
			.forEach((id) -> this.products.changeIfPresent(id, (product) -> product.withSeller(named(2, "Anna B.")))
				.block());
		rename(2, "Anna B.");
		assertThat(annas).map(this::product).allSatisfy((product) -> {
			assertThat(product.value().seller()).isEqualTo(named(2, "Anna B."));
			assertThat(product.version()).isEqualTo(2);
		});
	}

	@Test
	void delistsTheProductsOfADeletedSellerOnce() {
		List<String> annas = IntStream.range(0, MANY).mapToObj((number) -> publish(this.anna)).toList();
		String bens = publish(this.ben);
		delete(3);
		delete(3);
		rename(2, "Late");
		assertThat(annas).noneMatch(this::exists);
		assertThat(exists(bens)).isTrue();
		assertThat(events(annas.get(0))).containsExactly("product.listed", "product.delisted");
	}

	@Test
	void delistsAProductThatWasListedDuringTheDeletionOfItsSeller() {
		delete(2);
		String late = publish(this.anna);
		assertThat(exists(late)).isTrue();
		reconcile(late);
		reconcile(late);
		assertThat(exists(late)).isFalse();
	}

	@Test
	void showsTheNewNameOnAProductThatWasListedDuringTheRename() {
		rename(2, "Anna B.");
		String late = publish(this.anna);
		reconcile(late);
		assertThat(product(late).value().seller()).isEqualTo(named(2, "Anna B."));
		reconcile(late);
		assertThat(product(late).version()).isEqualTo(2);
	}

	@Test
	void changesNoProductWhoseSellerIsUnchangedOrUnknown() {
		String id = publish(this.anna);
		reconcile(id);
		TestProjections.upsertMember(this.store, card("Anna"), 1).block();
		reconcile(id);
		assertThat(product(id).version()).isEqualTo(1);
	}

	private void rename(long version, String name) {
		this.sellers.upsert(this.anna.id(), version, card(name)).block();
	}

	private void delete(long version) {
		this.sellers.remove(this.anna.id(), version).block();
	}

	private void reconcile(String id) {
		this.sellers.reconcile(id, this.anna.id(), this.anna.version()).block();
	}

	private MemberCard card(String name) {
		return new MemberCard(this.anna.id(), "anna", name);
	}

	private Seller named(long version, String name) {
		return new Seller(this.anna.id(), "anna", name, version);
	}

	private String publish(Seller seller) {
		Product lamp = new Product("Lamp", null, "home", Price.of(BigDecimal.ONE, "EUR"), 1, List.of(), Map.of(), null,
				seller, 1);
		return this.products.add(this.ids.next(), lamp.publish(Instant.EPOCH), Optional.empty()).block().id();
	}

	private Stored<Product> product(String id) {
		return this.products.find(id).block();
	}

	private boolean exists(String id) {
		return this.products.find(id).hasElement().block();
	}

	private List<String> events(String id) {
		return TestMongoServer.events(this.store, id);
	}

}
