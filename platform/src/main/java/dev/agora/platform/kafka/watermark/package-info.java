/**
 * Watermarks as records of Kafka.
 */
@NullMarked
package dev.agora.platform.kafka.watermark;

import org.jspecify.annotations.NullMarked;
