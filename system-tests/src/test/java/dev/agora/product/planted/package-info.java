/**
 * Violations planted for the architecture rules to find.
 */
@NullMarked
package dev.agora.product.planted;

import org.jspecify.annotations.NullMarked;
