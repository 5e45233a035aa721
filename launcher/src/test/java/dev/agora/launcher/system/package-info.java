/** Tests of the package of the same name. */
@NullMarked
package dev.agora.launcher.system;

import org.jspecify.annotations.NullMarked;
