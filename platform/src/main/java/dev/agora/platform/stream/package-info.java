/**
 * Events over Kafka: from a document's outbox to the listeners' effects, and what becomes
 * of poison.
 */
@NullMarked
package dev.agora.platform.stream;

import org.jspecify.annotations.NullMarked;
