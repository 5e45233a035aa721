/** The open streams of an instance, by their members and by the authors they wait for. */
@NullMarked
package dev.agora.feed.live.listener;

import org.jspecify.annotations.NullMarked;
