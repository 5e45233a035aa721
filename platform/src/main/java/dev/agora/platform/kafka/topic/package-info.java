/**
 * The configuration of topics.
 */
@NullMarked
package dev.agora.platform.kafka.topic;

import org.jspecify.annotations.NullMarked;
