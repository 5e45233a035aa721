/** Describes the processes of a system: command line, settings, ports and readiness. */
@NullMarked
package dev.agora.launcher.process;

import org.jspecify.annotations.NullMarked;
