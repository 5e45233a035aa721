/**
 * Activities of members: posts and listings, with the cards of their author and product.
 */
@NullMarked
package dev.agora.feed.activity;

import org.jspecify.annotations.NullMarked;
