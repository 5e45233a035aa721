/**
 * Tests of this package.
 */
@NullMarked
package dev.agora.product.exports;

import org.jspecify.annotations.NullMarked;
