/** Limits the rate of repeated log lines. */
@NullMarked
package dev.agora.platform.log;

import org.jspecify.annotations.NullMarked;
