/** Tests of the package of the same name. */
@NullMarked
package dev.agora.launcher.load;

import org.jspecify.annotations.NullMarked;
