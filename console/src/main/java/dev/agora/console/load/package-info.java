/** Sends a light load of posts and reads to the gateway. */
@NullMarked
package dev.agora.console.load;

import org.jspecify.annotations.NullMarked;
