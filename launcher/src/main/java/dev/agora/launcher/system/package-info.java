/**
 * The processes of the system: what they are, how each is started, watched and stopped,
 * and what is remembered of them between two commands.
 */
@NullMarked
package dev.agora.launcher.system;

import org.jspecify.annotations.NullMarked;
