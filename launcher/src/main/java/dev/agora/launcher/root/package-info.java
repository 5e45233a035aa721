/**
 * Locates the files of a system: the installation, the data directory with its lock, and
 * the programs of the machine.
 */
@NullMarked
package dev.agora.launcher.root;

import org.jspecify.annotations.NullMarked;
