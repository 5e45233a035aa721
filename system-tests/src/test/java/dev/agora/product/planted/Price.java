package dev.agora.product.planted;

import org.bson.types.Decimal128;

/** A state that knows a framework. */
public record Price(Decimal128 amount) {
}
