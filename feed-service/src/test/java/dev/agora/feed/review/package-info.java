/** Tests of this package. */
@NullMarked
package dev.agora.feed.review;

import org.jspecify.annotations.NullMarked;
