/** Tests of the package of the same name. */
@NullMarked
package dev.agora.platform.stream;

import org.jspecify.annotations.NullMarked;
