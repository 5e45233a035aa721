/**
 * The feed's projections of follows and blocks: the authors of a home feed, and who is
 * hidden from whom.
 */
@NullMarked
package dev.agora.feed.audience;

import org.jspecify.annotations.NullMarked;
