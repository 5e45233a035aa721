package dev.agora.feed.activity;

import java.math.BigDecimal;

/**
 * What a product costs.
 *
 * @param amount in units of the currency
 * @param currency an ISO 4217 code
 */
public record Price(BigDecimal amount, String currency) {
}
