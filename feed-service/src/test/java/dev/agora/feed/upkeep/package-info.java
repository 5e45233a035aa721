/**
 * Whether activities stay true to their authors and products.
 */
@NullMarked
package dev.agora.feed.upkeep;

import org.jspecify.annotations.NullMarked;
