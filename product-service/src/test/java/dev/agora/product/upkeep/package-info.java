/**
 * Whether products stay true to their sellers.
 */
@NullMarked
package dev.agora.product.upkeep;

import org.jspecify.annotations.NullMarked;
