/**
 * Violations planted for the architecture rules to find.
 */
@NullMarked
package dev.agora.feed.beta;

import org.jspecify.annotations.NullMarked;
