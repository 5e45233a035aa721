/**
 * Tests of timelines and home feeds.
 */
@NullMarked
package dev.agora.feed.timeline;

import org.jspecify.annotations.NullMarked;
