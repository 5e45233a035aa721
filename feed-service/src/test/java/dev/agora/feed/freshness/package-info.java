/**
 * Tests of the freshness of home feeds.
 */
@NullMarked
package dev.agora.feed.freshness;

import org.jspecify.annotations.NullMarked;
