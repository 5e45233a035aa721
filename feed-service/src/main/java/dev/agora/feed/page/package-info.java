/**
 * Pages of home feeds, served from the caches.
 */
@NullMarked
package dev.agora.feed.page;

import org.jspecify.annotations.NullMarked;
