package dev.agora.product.catalog;

import java.math.BigDecimal;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import dev.agora.platform.problem.InvalidRequest;
import dev.agora.platform.problem.input.FieldError;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PriceTests {

	@ParameterizedTest
	@CsvSource({ "12.5,EUR,12.50", "0,EUR,0.00", "1e9,JPY,1000000000", "1500.00,JPY,1500", "1.5,KWD,1.500",
			"0.001,BHD,0.001", "0.0001,CLF,0.0001", "100,ISK,100", "1e2,HUF,100.00", "12.500000,USD,12.50" })
	void hasTheDecimalsOfItsCurrency(BigDecimal amount, String currency, String exact) {
		Price price = Price.of(amount, currency);
		assertThat(price.amount()).hasToString(exact);
		assertThat(new JsonMapper().writeValueAsString(price))
			.isEqualTo("{\"amount\":" + exact + ",\"currency\":\"" + currency + "\"}");
	}

	@ParameterizedTest
	@CsvSource({ "0.5,JPY", "12.505,EUR", "1.0001,KWD", "0.1,KRW", "0.00001,CLF", "1e-4,USD" })
	void refusesMoreDecimalsThanItsCurrencyHas(BigDecimal amount, String currency) {
		assertRefused(amount, currency, "price.amount");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ZZZ", "XXX", "XAU", "XTS", "eur", "DE" })
	void refusesACurrencyThatDoesNotExist(String currency) {
		assertRefused(BigDecimal.ONE, currency, "price.currency");
	}

	@Test
	void keepsTheDecimalsOfAnOlderPrice() {
		assertThat(new Price(new BigDecimal("12.50"), "JPY").amount()).hasToString("12.5");
		assertThat(new Price(new BigDecimal("1500.00"), "JPY")).isEqualTo(Price.of(new BigDecimal("1500"), "JPY"));
		assertThat(new Price(new BigDecimal("12.50"), "QQQ").amount()).hasToString("12.5");
	}

	@Test
	void isSortedByCurrencyThenAmount() {
		assertThat(Stream.of("9.99 EUR", "10 EUR", "1000000000 EUR", "0.001 KWD", "2 USD", "0 VND")
			.map((price) -> price.split(" ", -1))
			.map((parts) -> Price.of(new BigDecimal(parts[0]), parts[1]).sortKey())).isSorted().doesNotHaveDuplicates();
	}

	private static void assertRefused(BigDecimal amount, String currency, String field) {
		assertThatExceptionOfType(InvalidRequest.class).isThrownBy(() -> Price.of(amount, currency))
			.satisfies((failure) -> assertThat(failure.errors()).extracting(FieldError::field).containsExactly(field));
	}

}
