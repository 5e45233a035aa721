/**
 * The feed's projection of products, and the activity that each listed product is.
 */
@NullMarked
package dev.agora.feed.product;

import org.jspecify.annotations.NullMarked;
