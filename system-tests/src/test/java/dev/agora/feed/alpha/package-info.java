/**
 * Violations planted for the architecture rules to find.
 */
@NullMarked
package dev.agora.feed.alpha;

import org.jspecify.annotations.NullMarked;
