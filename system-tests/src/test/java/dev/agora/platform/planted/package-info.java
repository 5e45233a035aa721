/**
 * Violations that are planted for the architecture rules.
 */
@NullMarked
package dev.agora.platform.planted;

import org.jspecify.annotations.NullMarked;
