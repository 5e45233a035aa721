package dev.agora.product.planted;

/** Has a name that says nothing. */
public final class PriceHelper {

}
