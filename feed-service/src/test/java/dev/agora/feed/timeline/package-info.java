/**
 * Whether home feeds are right, whatever happens in between.
 */
@NullMarked
package dev.agora.feed.timeline;

import org.jspecify.annotations.NullMarked;
