/** Decides which requests are served: by host, origin and token. */
@NullMarked
package dev.agora.console.access;

import org.jspecify.annotations.NullMarked;
