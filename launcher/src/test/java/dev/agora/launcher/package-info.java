/** Tests of the package of the same name. */
@NullMarked
package dev.agora.launcher;

import org.jspecify.annotations.NullMarked;
