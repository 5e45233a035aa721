/**
 * Measures how far consumer groups are behind their topics.
 */
@NullMarked
package dev.agora.platform.kafka.progress;

import org.jspecify.annotations.NullMarked;
