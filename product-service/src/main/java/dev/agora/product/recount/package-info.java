/**
 * Recounts the reviews of a product after each change of one of them, and writes the
 * summary to the product.
 */
@NullMarked
package dev.agora.product.recount;

import org.jspecify.annotations.NullMarked;
