/** Drives the local container engine by its command line. */
@NullMarked
package dev.agora.launcher.container;

import org.jspecify.annotations.NullMarked;
