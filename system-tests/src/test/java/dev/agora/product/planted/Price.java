package dev.agora.product.planted;

import org.bson.types.Decimal128;

/** A domain record that depends on a framework. */
public record Price(Decimal128 amount) {
}
