/**
 * Lists of products: their filters, orders and cursors, and the indexes that serve them.
 */
@NullMarked
package dev.agora.product.catalog.query;

import org.jspecify.annotations.NullMarked;
