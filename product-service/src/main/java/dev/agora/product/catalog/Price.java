package dev.agora.product.catalog;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;
import java.util.Locale;
import java.util.OptionalInt;

import dev.agora.platform.problem.InvalidRequest;

/**
 * The price of a product.
 *
 * @param amount the amount in units of the currency, with as many decimals as the
 * currency has
 * @param currency the ISO 4217 code
 */
public record Price(BigDecimal amount, String currency) {

	/** The largest number of decimals of a currency. */
	static final int MAX_DECIMALS = 4;

	/** A price from before this rule may have more decimals, which are kept. */
	public Price {
		int needed = amount.stripTrailingZeros().scale();
		amount = amount.setScale(Math.max(decimals(currency).orElse(0), needed), RoundingMode.UNNECESSARY);
	}

	/**
	 * Creates the price that a seller asks.
	 * @throws InvalidRequest if the currency does not exist, or has fewer decimals;
	 * metals, test codes and "no currency" have ISO 4217 codes, but no decimals
	 */
	public static Price of(BigDecimal amount, String currency) {
		int decimals = decimals(currency).orElseThrow(
				() -> InvalidRequest.field("price.currency", "must be the ISO 4217 code of a currency, as in EUR"));
		if (amount.stripTrailingZeros().scale() > decimals) {
			throw InvalidRequest.field("price.amount",
					"must have at most " + decimals + " decimals, as the currency " + currency + " has");
		}
		return new Price(amount, currency);
	}

	/** Returns the decimals of a currency; empty if it does not exist or has none. */
	private static OptionalInt decimals(String currency) {
		try {
			int decimals = Currency.getInstance(currency).getDefaultFractionDigits();
			return (decimals >= 0) ? OptionalInt.of(decimals) : OptionalInt.empty();
		}
		catch (IllegalArgumentException ex) {
			return OptionalInt.empty();
		}
	}

	/** Returns the key by which products are sorted: by currency, then by amount. */
	String sortKey() {
		return String.format(Locale.ROOT, "%s %014d", this.currency,
				this.amount.movePointRight(MAX_DECIMALS).longValueExact());
	}

}
