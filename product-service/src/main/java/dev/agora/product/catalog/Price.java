package dev.agora.product.catalog;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

import dev.agora.platform.problem.InvalidRequest;

/**
 * The price of a product.
 *
 * @param amount the amount in units of the currency, with two decimals
 * @param currency the ISO 4217 code
 */
public record Price(BigDecimal amount, String currency) {

	public Price {
		amount = amount.setScale(2, RoundingMode.UNNECESSARY);
	}

	/**
	 * Creates the price that a seller asks.
	 * @throws InvalidRequest if the currency does not exist; metals, test codes and "no
	 * currency" have ISO 4217 codes, but no decimals
	 */
	public static Price of(BigDecimal amount, String currency) {
		if (Currency.getAvailableCurrencies()
			.stream()
			.filter((known) -> known.getDefaultFractionDigits() >= 0)
			.noneMatch((known) -> known.getCurrencyCode().equals(currency))) {
			throw InvalidRequest.field("price.currency", "must be the ISO 4217 code of a currency, as in EUR");
		}
		return new Price(amount, currency);
	}

}
