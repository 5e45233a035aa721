/** The commands of {@code ./agora}. */
@NullMarked
package dev.agora.launcher.command;

import org.jspecify.annotations.NullMarked;
