/**
 * Products: listed by a seller, read by everybody, found by category, seller and tag.
 */
@NullMarked
package dev.agora.product.catalog;

import org.jspecify.annotations.NullMarked;
