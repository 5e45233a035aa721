/**
 * Watermarks: the source of a topic publishes up to which time all its events are sent,
 * and a listener stores up to which time it has applied all of them.
 */
@NullMarked
package dev.agora.platform.watermark;

import org.jspecify.annotations.NullMarked;
