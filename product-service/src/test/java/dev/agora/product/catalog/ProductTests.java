package dev.agora.product.catalog;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.agora.platform.document.Change;
import dev.agora.platform.problem.InvalidRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ProductTests {

	static final Seller ANNA = new Seller("0SAX0RSKMBGW0", "anna", "Anna", 3);

	static Product aProduct(String title, String category, String... tags) {
		return new Product(title, "Bright.", category, Price.of(new BigDecimal("12.5"), "EUR"), 4, List.of(tags),
				Map.of("colour", "red"), "https://example.org/lamp.png", ANNA);
	}

	@Test
	void publishesItsCardAndSellerWhenListed() {
		Product lamp = aProduct("Lamp", "home");
		Instant at = Instant.parse("2026-01-02T03:04:05Z");
		Change<Product> change = lamp.publish(at);
		assertThat(change.next()).isEqualTo(lamp);
		assertThat(change.event()).isEqualTo(new ProductEvent.Listed("Lamp", "home", lamp.price(), ANNA, at));
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
	void isRemovedWhenDelisted() {
		Change<Product> change = aProduct("Lamp", "home").delist(Instant.EPOCH);
		assertThat(change).isEqualTo(Change.removal(new ProductEvent.Delisted(ANNA.id(), Instant.EPOCH)));
	}

	@Test
	void removesDuplicateTagsAndSortsAttributes() {
		assertThat(aProduct("Lamp", "home", "b", "a", "b").tags()).containsExactly("b", "a");
		Product chair = new Product("Lamp", null, "home", Price.of(BigDecimal.ONE, "EUR"), 0, List.of(),
				Map.of("b", "2", "a", "1", "c", "3"), null, ANNA);
		assertThat(chair.attributes()).containsExactly(Map.entry("a", "1"), Map.entry("b", "2"), Map.entry("c", "3"));
	}

	@Test
	void storesEveryPriceWithTwoDecimals() {
		assertThat(Price.of(new BigDecimal("1e9"), "JPY").amount()).hasToString("1000000000.00");
		assertThat(Price.of(new BigDecimal("0"), "EUR").amount()).hasToString("0.00");
	}

	@Test
	void rejectsAnUnknownCurrency() {
		assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> Price.of(BigDecimal.ONE, "ZZZ"))
			.satisfies((failure) -> assertThat(failure.errors()).singleElement()
				.satisfies((error) -> assertThat(error.field()).isEqualTo("price.currency")));
	}

}
