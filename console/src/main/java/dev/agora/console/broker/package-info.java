/** Reads topics, groups and their lag from Kafka. */
@NullMarked
package dev.agora.console.broker;

import org.jspecify.annotations.NullMarked;
