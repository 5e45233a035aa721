/** The command line that runs the whole system on one machine. */
@NullMarked
package dev.agora.launcher;

import org.jspecify.annotations.NullMarked;
