/**
 * Violations that are planted for the architecture rules.
 */
@NullMarked
package dev.agora.product.planted;

import org.jspecify.annotations.NullMarked;
