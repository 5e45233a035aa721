package dev.agora.product.catalog;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import dev.agora.platform.testing.Contracts;
import dev.agora.product.rating.Rating;

import static org.assertj.core.api.Assertions.assertThat;

class ProductEventTests {

	@Test
	void matchesTheContractWhenListed() throws IOException {
		Contracts.assertTold(new ProductEvent.Listed("Lamp", "home", Price.of(new BigDecimal("12.5"), "EUR"),
				ProductTests.ANNA, Instant.parse("2026-01-02T03:04:05.678Z"), true));
	}

	@Test
	void matchesTheContractWhenRated() throws IOException {
		Price price = Price.of(BigDecimal.TEN, "EUR");
		Contracts.assertTold(new ProductEvent.Rated("Lamp", "home", price, Rating.of(List.of(0L, 0L, 1L, 1L, 1L))));
		Contracts.assertTold(new ProductEvent.Rated("Lamp", "home", price, Rating.NONE));
	}

	@Test
	void matchesTheContractWhenRenamedAndDelisted() throws IOException {
		Contracts.assertTold(new ProductEvent.SellerRenamed(ProductTests.ANNA));
		Contracts
			.assertTold(new ProductEvent.Delisted(ProductTests.ANNA.id(), Instant.parse("2026-01-02T03:04:05.678Z")));
	}

	@Test
	void matchesTheContractWhenChangedByItsSeller() throws IOException {
		Price price = Price.of(new BigDecimal("12.5"), "EUR");
		Price previous = Price.of(new BigDecimal("1500"), "JPY");
		Contracts.assertTold(new ProductEvent.Repriced("Lamp", "home", price, previous, 2, ProductTests.ANNA, null));
		Contracts.assertTold(new ProductEvent.Repriced("Lamp", "home", price, previous, 2, ProductTests.ANNA, true));
		Contracts.assertTold(new ProductEvent.Retitled("Lamp", "home", price, 3));
		Contracts.assertTold(new ProductEvent.Revised("Lamp", "home", price, 4));
	}

	@Test
	void violatesTheContractWithoutItsSeller() throws IOException {
		String incomplete = "{\"title\": \"Lamp\", \"category\": \"home\", "
				+ "\"price\": {\"amount\": 12.5, \"currency\": \"EUR\"}, \"at\": \"2026-01-02T03:04:05Z\"}";
		assertThat(Contracts.agrees(ProductEvent.Listed.class, incomplete)).isFalse();
	}

}
