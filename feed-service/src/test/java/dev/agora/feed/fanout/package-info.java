/**
 * Tests of the fan-out, and the fan-out without Kafka for tests of timelines.
 */
@NullMarked
package dev.agora.feed.fanout;

import org.jspecify.annotations.NullMarked;
