/**
 * The doors of the feed-service over real stores, and what it promises to other services.
 */
@NullMarked
package dev.agora.feed;

import org.jspecify.annotations.NullMarked;
