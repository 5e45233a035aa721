package dev.agora.platform.planted;

import dev.agora.product.planted.Price;

/** The platform must not know this. */
public record KnowsAService(Price price) {
}
