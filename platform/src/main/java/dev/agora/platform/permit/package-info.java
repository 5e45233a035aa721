/** Bounds of what one owner has open at the same time. */
@NullMarked
package dev.agora.platform.permit;

import org.jspecify.annotations.NullMarked;
