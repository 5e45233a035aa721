/**
 * Reviews of products: each member writes at most one review of a product.
 */
@NullMarked
package dev.agora.product.review;

import org.jspecify.annotations.NullMarked;
