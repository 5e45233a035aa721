/** Calls the management endpoints of the processes. */
@NullMarked
package dev.agora.console.management;

import org.jspecify.annotations.NullMarked;
