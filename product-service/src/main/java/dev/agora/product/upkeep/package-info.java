/**
 * Keeps the products true to their sellers, who go by other names and leave.
 */
@NullMarked
package dev.agora.product.upkeep;

import org.jspecify.annotations.NullMarked;
