/** Tests of the package of the same name. */
@NullMarked
package dev.agora.launcher.command.trace;

import org.jspecify.annotations.NullMarked;
