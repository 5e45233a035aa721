/**
 * Tests of the progress of consumer groups.
 */
@NullMarked
package dev.agora.platform.kafka.progress;

import org.jspecify.annotations.NullMarked;
