/**
 * The newest events in the order in which this instance received them: what a live stream
 * sends, and where it resumes.
 */
@NullMarked
package dev.agora.feed.live.log;

import org.jspecify.annotations.NullMarked;
