/**
 * Processes of the system: how each is started, awaited, watched and stopped.
 */
@NullMarked
package dev.agora.launcher.process;

import org.jspecify.annotations.NullMarked;
