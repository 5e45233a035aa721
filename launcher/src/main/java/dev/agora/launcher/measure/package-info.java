/**
 * The commands that measure the running system, show experiments on it, and check it on a
 * cluster.
 */
@NullMarked
package dev.agora.launcher.measure;

import org.jspecify.annotations.NullMarked;
