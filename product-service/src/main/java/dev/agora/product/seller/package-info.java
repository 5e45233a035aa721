/**
 * Keeps products in line with their sellers.
 */
@NullMarked
package dev.agora.product.seller;

import org.jspecify.annotations.NullMarked;
