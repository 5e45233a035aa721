/**
 * The feed's projection of follows.
 */
@NullMarked
package dev.agora.feed.audience;

import org.jspecify.annotations.NullMarked;
