/** Starts the Kafka brokers of a local system. */
@NullMarked
package dev.agora.launcher.kafka;

import org.jspecify.annotations.NullMarked;
