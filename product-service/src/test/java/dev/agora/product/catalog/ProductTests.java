package dev.agora.product.catalog;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.agora.platform.document.Change;
import dev.agora.platform.problem.Forbidden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProductTests {

	static final Seller ANNA = new Seller("0SAX0RSKMBGW0", "anna", "Anna", 3);

	static Product aProduct(String title, String category, String... tags) {
		return new Product(title, "Bright.", category, Price.of(new BigDecimal("12.5"), "EUR"), 4, List.of(tags),
				Map.of("colour", "red"), "https://example.org/lamp.png", ANNA, 1);
	}

	@Test
	void publishesItsCardAndSellerWhenListed() {
		Product lamp = aProduct("Lamp", "home");
		Instant at = Instant.parse("2026-01-02T03:04:05Z");
		Change<Product> change = lamp.publish(at);
		assertThat(change.next()).isEqualTo(lamp);
		assertThat(change.event()).isEqualTo(new ProductEvent.Listed("Lamp", "home", lamp.price(), ANNA, at, null));
		assertThat(lamp.publishImported(at).event())
			.isEqualTo(new ProductEvent.Listed("Lamp", "home", lamp.price(), ANNA, at, true));
	}

	@Test
	void replacesItsSellerOnlyByANewerVersion() {
		Seller renamed = new Seller(ANNA.id(), "anna", "Anna B.", 4);
		Product lamp = aProduct("Lamp", "home");
		Change<Product> change = lamp.withSeller(renamed);
		assertThat(change.next()).isNotNull().satisfies((next) -> {
			assertThat(next.seller()).isEqualTo(renamed);
			assertThat(next).usingRecursiveComparison().ignoringFields("seller").isEqualTo(lamp);
		});
		assertThat(change.event()).isEqualTo(new ProductEvent.SellerRenamed(renamed));
		assertThat(lamp.withSeller(new Seller(ANNA.id(), "anna", "Ann", 3))).isEqualTo(Change.none(lamp));
		assertThat(lamp.withSeller(new Seller(ANNA.id(), "anna", "Ann", 2))).isEqualTo(Change.none(lamp));
	}

	@Test
	void raisesItsEditionWithEachChangeOfItsSeller() {
		Product lamp = aProduct("Lamp", "home");
		Product lantern = aProduct("Lantern", "garden", "red");
		Change<Product> change = lamp.replaceBy(lantern);
		assertThat(change.next()).usingRecursiveComparison().ignoringFields("edition").isEqualTo(lantern);
		assertThat(change.next()).extracting(Product::edition).isEqualTo(2L);
		assertThat(change.event()).isEqualTo(new ProductEvent.Retitled("Lantern", "garden", lamp.price(), 2));
	}

	@Test
	void publishesTheMostImportantChange() {
		Product lamp = aProduct("Lamp", "home");
		Price price = Price.of(BigDecimal.TEN, "EUR");
		assertThat(lamp.replaceBy(aProduct("Lamp", "home", "red")).event())
			.isEqualTo(new ProductEvent.Revised("Lamp", "home", lamp.price(), 2));
		assertThat(lamp.replaceBy(priced(aProduct("Lantern", "home"), price)).event())
			.isEqualTo(new ProductEvent.Repriced("Lantern", "home", price, lamp.price(), 2, ANNA, null));
		assertThat(lamp.replaceByImported(priced(aProduct("Lantern", "home"), price)).event())
			.isEqualTo(new ProductEvent.Repriced("Lantern", "home", price, lamp.price(), 2, ANNA, true));
	}

	@Test
	void keepsItsSellerWhenReplaced() {
		Product lamp = aProduct("Lamp", "home");
		Seller newer = new Seller(ANNA.id(), "anna", "Anna B.", 4);
		Product renamed = lamp.withSeller(newer).next();
		Product replaced = renamed.replaceBy(aProduct("Lantern", "home")).next();
		assertThat(replaced.seller()).isEqualTo(newer);
		assertThat(renamed.edition()).isEqualTo(1);
	}

	@Test
	void changesNothingWhenReplacedByTheSameFields() {
		Product lamp = aProduct("Lamp", "home", "red");
		Product second = lamp.replaceBy(aProduct("Lantern", "home", "red")).next();
		assertThat(second.replaceBy(aProduct("Lantern", "home", "red", "red"))).isEqualTo(Change.none(second));
	}

	@Test
	void isChangedByItsSellerOnly() {
		Product lamp = aProduct("Lamp", "home");
		lamp.requireSeller(ANNA.id());
		assertThatExceptionOfType(Forbidden.class).isThrownBy(() -> lamp.requireSeller("0SAX0RSKMBGW1"));
	}

	@Test
	void isRemovedWhenDelisted() {
		Change<Product> change = aProduct("Lamp", "home").delist(Instant.EPOCH);
		assertThat(change).isEqualTo(Change.removal(new ProductEvent.Delisted(ANNA.id(), Instant.EPOCH)));
	}

	@Test
	void removesDuplicateTagsAndSortsAttributes() {
		assertThat(aProduct("Lamp", "home", "b", "a", "b").tags()).containsExactly("b", "a");
		Product chair = new Product("Lamp", null, "home", Price.of(BigDecimal.ONE, "EUR"), 0, List.of(),
				Map.of("b", "2", "a", "1", "c", "3"), null, ANNA, 1);
		assertThat(chair.attributes()).containsExactly(Map.entry("a", "1"), Map.entry("b", "2"), Map.entry("c", "3"));
	}

	private static Product priced(Product product, Price price) {
		return new Product(product.title(), product.description(), product.category(), price, product.stock(),
				product.tags(), product.attributes(), product.imageUrl(), product.seller(), product.edition());
	}

}
