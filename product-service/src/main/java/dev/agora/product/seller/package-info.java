/**
 * Products that show their sellers as they are now.
 */
@NullMarked
package dev.agora.product.seller;

import org.jspecify.annotations.NullMarked;
