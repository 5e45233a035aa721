/**
 * The feed's projection of products, and the listings of products as activities.
 */
@NullMarked
package dev.agora.feed.product;

import org.jspecify.annotations.NullMarked;
