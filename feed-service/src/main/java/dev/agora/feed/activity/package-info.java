/**
 * Activities of members: posts, listings, reductions, reviews and friendships, with the
 * cards of the members and products that they show.
 */
@NullMarked
package dev.agora.feed.activity;

import org.jspecify.annotations.NullMarked;
