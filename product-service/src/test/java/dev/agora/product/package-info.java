/**
 * Tests of product-service.
 */
@NullMarked
package dev.agora.product;

import org.jspecify.annotations.NullMarked;
