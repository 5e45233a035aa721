/**
 * Events on their way: from the outboxes to Kafka, and from Kafka to the listeners.
 */
@NullMarked
package dev.agora.platform.kafka;

import org.jspecify.annotations.NullMarked;
