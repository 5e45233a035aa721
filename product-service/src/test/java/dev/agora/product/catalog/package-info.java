/**
 * Tests of the catalogue.
 */
@NullMarked
package dev.agora.product.catalog;

import org.jspecify.annotations.NullMarked;
