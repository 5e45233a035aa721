/** The spans of events: in the outbox, when they are sent, and in each listener. */
@NullMarked
package dev.agora.platform.kafka.tracing;

import org.jspecify.annotations.NullMarked;
