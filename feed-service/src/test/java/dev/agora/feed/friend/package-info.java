/** Tests of this package. */
@NullMarked
package dev.agora.feed.friend;

import org.jspecify.annotations.NullMarked;
