/** Log lines that repeat at a bounded rate. */
@NullMarked
package dev.agora.platform.log;

import org.jspecify.annotations.NullMarked;
