/**
 * Home feeds: capped lists of ids in Redis that grow by pushes, and the store behind
 * them.
 */
@NullMarked
package dev.agora.feed.timeline;

import org.jspecify.annotations.NullMarked;
