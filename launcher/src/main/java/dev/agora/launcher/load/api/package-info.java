/** Calls the public API, with retries. */
@NullMarked
package dev.agora.launcher.load.api;

import org.jspecify.annotations.NullMarked;
