/**
 * Listed products: their cards, and the activity that each listing is.
 */
@NullMarked
package dev.agora.feed.listing;

import org.jspecify.annotations.NullMarked;
