/**
 * The summary of the reviews that each product carries.
 */
@NullMarked
package dev.agora.product.rating;

import org.jspecify.annotations.NullMarked;
