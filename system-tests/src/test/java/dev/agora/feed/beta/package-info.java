/**
 * Violations that are planted for the architecture rules.
 */
@NullMarked
package dev.agora.feed.beta;

import org.jspecify.annotations.NullMarked;
