/**
 * What the tests of the catalogue share.
 */
@NullMarked
package dev.agora.product;

import org.jspecify.annotations.NullMarked;
