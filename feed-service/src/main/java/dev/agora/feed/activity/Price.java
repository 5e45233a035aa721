package dev.agora.feed.activity;

import java.math.BigDecimal;

/**
 * The price of a product.
 *
 * @param amount the amount in units of the currency
 * @param currency the ISO 4217 code
 */
public record Price(BigDecimal amount, String currency) {
}
