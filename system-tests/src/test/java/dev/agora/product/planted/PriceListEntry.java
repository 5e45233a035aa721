package dev.agora.product.planted;

import org.jspecify.annotations.Nullable;

/** The second half of a circle inside a package. */
public record PriceListEntry(@Nullable PriceList list) {
}
