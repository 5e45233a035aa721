/**
 * The local container engine.
 */
@NullMarked
package dev.agora.launcher.container;

import org.jspecify.annotations.NullMarked;
