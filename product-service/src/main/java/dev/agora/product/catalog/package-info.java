/**
 * Products: a seller lists them, anybody reads them and finds them by category, seller
 * and tag.
 */
@NullMarked
package dev.agora.product.catalog;

import org.jspecify.annotations.NullMarked;
