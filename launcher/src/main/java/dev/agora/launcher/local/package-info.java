/** Runs the whole system on one machine: its backends and its services. */
@NullMarked
package dev.agora.launcher.local;

import org.jspecify.annotations.NullMarked;
