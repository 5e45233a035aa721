/**
 * Violations planted for the architecture rules to find.
 */
@NullMarked
package dev.agora.platform.planted;

import org.jspecify.annotations.NullMarked;
