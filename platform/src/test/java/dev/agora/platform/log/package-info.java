/** Tests of the package of the same name. */
@NullMarked
package dev.agora.platform.log;

import org.jspecify.annotations.NullMarked;
