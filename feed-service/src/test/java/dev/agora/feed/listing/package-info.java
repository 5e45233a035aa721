/**
 * What is read of the news of products.
 */
@NullMarked
package dev.agora.feed.listing;

import org.jspecify.annotations.NullMarked;
