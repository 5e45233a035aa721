/**
 * The feed's projection of products, and listings and lower prices as activities.
 */
@NullMarked
package dev.agora.feed.product;

import org.jspecify.annotations.NullMarked;
