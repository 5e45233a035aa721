/**
 * Says how old the newest thing is that a home feed may lack, and compares cached home
 * feeds with the store.
 */
@NullMarked
package dev.agora.feed.freshness;

import org.jspecify.annotations.NullMarked;
