/**
 * Violations planted for the architecture rules to find.
 */
@NullMarked
package dev.agora.feed.planted.beta;

import org.jspecify.annotations.NullMarked;
