/**
 * Events that could not be applied: written, listed, shown and replayed.
 */
@NullMarked
package dev.agora.platform.kafka.deadletter;

import org.jspecify.annotations.NullMarked;
