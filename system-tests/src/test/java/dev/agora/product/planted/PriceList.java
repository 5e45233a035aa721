package dev.agora.product.planted;

import org.jspecify.annotations.Nullable;

/** The first half of a circle inside a package. */
public record PriceList(@Nullable PriceListEntry cheapest) {
}
