/**
 * The directories of a system: what is built, its data, ports and lock, and the programs
 * of the machine.
 */
@NullMarked
package dev.agora.launcher.root;

import org.jspecify.annotations.NullMarked;
