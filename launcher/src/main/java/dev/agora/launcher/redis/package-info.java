/** Starts the Redis servers of a local system: one server, or six as a cluster. */
@NullMarked
package dev.agora.launcher.redis;

import org.jspecify.annotations.NullMarked;
