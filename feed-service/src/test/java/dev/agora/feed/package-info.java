/**
 * Tests of feed-service, over real stores.
 */
@NullMarked
package dev.agora.feed;

import org.jspecify.annotations.NullMarked;
