/** Adds the trace id to the log lines that a request or an event causes. */
@NullMarked
package dev.agora.platform.tracing.log;

import org.jspecify.annotations.NullMarked;
