/** Finds the log lines of one trace in the logs of all processes. */
@NullMarked
package dev.agora.launcher.command.trace;

import org.jspecify.annotations.NullMarked;
