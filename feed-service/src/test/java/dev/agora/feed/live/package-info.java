/** Tests of live streams. */
@NullMarked
package dev.agora.feed.live;

import org.jspecify.annotations.NullMarked;
