/** Finds the processes of the system, started by the launcher or named by DNS. */
@NullMarked
package dev.agora.console.targets;

import org.jspecify.annotations.NullMarked;
