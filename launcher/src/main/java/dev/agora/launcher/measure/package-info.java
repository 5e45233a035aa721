/**
 * The commands that measure the running system and show experiments on it.
 */
@NullMarked
package dev.agora.launcher.measure;

import org.jspecify.annotations.NullMarked;
