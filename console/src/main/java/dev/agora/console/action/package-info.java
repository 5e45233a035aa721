/** Runs the actions that break and repair the system, and logs them. */
@NullMarked
package dev.agora.console.action;

import org.jspecify.annotations.NullMarked;
