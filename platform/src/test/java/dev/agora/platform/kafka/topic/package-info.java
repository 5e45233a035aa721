/**
 * Tests of this package.
 */
@NullMarked
package dev.agora.platform.kafka.topic;

import org.jspecify.annotations.NullMarked;
