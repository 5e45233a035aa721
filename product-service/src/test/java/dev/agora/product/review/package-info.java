/**
 * Tests of the reviewue.
 */
@NullMarked
package dev.agora.product.review;

import org.jspecify.annotations.NullMarked;
