/**
 * The fan-out: pushes new activities into the timelines of followers, large fan-outs in
 * chunks that workers share, and decides which authors are pulled instead.
 */
@NullMarked
package dev.agora.feed.fanout;

import org.jspecify.annotations.NullMarked;
