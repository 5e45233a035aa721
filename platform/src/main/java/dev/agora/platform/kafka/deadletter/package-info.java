/**
 * Writes the events that a listener could not apply to dead-letter topics, and lists and
 * replays them.
 */
@NullMarked
package dev.agora.platform.kafka.deadletter;

import org.jspecify.annotations.NullMarked;
