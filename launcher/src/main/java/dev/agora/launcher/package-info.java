/** The whole system on one machine, and the command line that runs it. */
@NullMarked
package dev.agora.launcher;

import org.jspecify.annotations.NullMarked;
