/**
 * Supervises the processes of a system: starts them in parallel, watches them, restarts
 * stores, and stops all of them, callers first.
 */
@NullMarked
package dev.agora.launcher.process.supervision;

import org.jspecify.annotations.NullMarked;
