/**
 * Traces: the trace context that requests and events carry, and the spans of this
 * process, which are exported by OTLP.
 */
@NullMarked
package dev.agora.platform.tracing;

import org.jspecify.annotations.NullMarked;
