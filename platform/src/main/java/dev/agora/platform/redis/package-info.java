/**
 * The client of Redis, the guard in front of it, and the broadcast between processes.
 */
@NullMarked
package dev.agora.platform.redis;

import org.jspecify.annotations.NullMarked;
