/**
 * Keeps reviews in line with their authors and their products.
 */
@NullMarked
package dev.agora.product.author;

import org.jspecify.annotations.NullMarked;
