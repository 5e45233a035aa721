/**
 * Violations planted for the architecture rules to find.
 */
@NullMarked
package dev.agora.feed.planted.alpha;

import org.jspecify.annotations.NullMarked;
