package dev.agora.product.planted;

/** Says nothing by its name. */
public final class PriceHelper {

}
