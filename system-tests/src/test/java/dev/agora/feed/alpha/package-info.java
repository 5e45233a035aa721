/**
 * Violations that are planted for the architecture rules.
 */
@NullMarked
package dev.agora.feed.alpha;

import org.jspecify.annotations.NullMarked;
