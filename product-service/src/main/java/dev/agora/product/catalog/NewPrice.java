package dev.agora.product.catalog;

import java.math.BigDecimal;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;

/**
 * The price in a request.
 *
 * @param amount 0 to 1,000,000,000 with at most as many decimals as the currency has
 * @param currency the ISO 4217 code, upper case
 */
public record NewPrice(
		@NotNull(message = AMOUNT) @DecimalMin(value = "0", message = AMOUNT) @DecimalMax(value = "1000000000",
				message = AMOUNT) @Digits(integer = 10, fraction = Price.MAX_DECIMALS,
						message = AMOUNT) BigDecimal amount,
		@NotNull(message = CURRENCY) @Pattern(regexp = "[A-Z]{3}", message = CURRENCY) String currency) {

	private static final String AMOUNT = "must be a number from 0 to 1000000000 with no more decimals than its currency";

	private static final String CURRENCY = "must be 3 upper-case letters, as in EUR";

	/** Trailing zeros do not count as decimals. */
	public NewPrice {
		amount = (amount != null && amount.scale() > Price.MAX_DECIMALS) ? amount.stripTrailingZeros() : amount;
	}

	Price toPrice() {
		return Price.of(this.amount, this.currency);
	}

}
