/**
 * Tests of the ratingue.
 */
@NullMarked
package dev.agora.product.rating;

import org.jspecify.annotations.NullMarked;
