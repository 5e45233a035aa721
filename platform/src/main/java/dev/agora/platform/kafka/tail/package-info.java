/**
 * Reads the newest records of topics in every instance, without a consumer group.
 */
@NullMarked
package dev.agora.platform.kafka.tail;

import org.jspecify.annotations.NullMarked;
