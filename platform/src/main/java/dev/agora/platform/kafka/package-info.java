/**
 * Sends the events in the outboxes to Kafka, and applies the events that Kafka delivers.
 */
@NullMarked
package dev.agora.platform.kafka;

import org.jspecify.annotations.NullMarked;
