/** The commands that call the management endpoints of the running services. */
@NullMarked
package dev.agora.launcher.command.management;

import org.jspecify.annotations.NullMarked;
