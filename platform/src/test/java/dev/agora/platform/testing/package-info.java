/**
 * The real stores that tests start.
 */
@NullMarked
package dev.agora.platform.testing;

import org.jspecify.annotations.NullMarked;
