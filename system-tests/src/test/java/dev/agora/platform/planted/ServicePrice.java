package dev.agora.platform.planted;

import dev.agora.product.planted.Price;

/** A type of the platform that depends on a service. */
public record ServicePrice(Price price) {
}
