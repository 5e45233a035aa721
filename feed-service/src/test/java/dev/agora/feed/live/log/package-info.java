/** Tests of the newest events. */
@NullMarked
package dev.agora.feed.live.log;

import org.jspecify.annotations.NullMarked;
