/**
 * The connection to Redis: its settings, the guard around each call, scripts, and streams
 * between processes.
 */
@NullMarked
package dev.agora.platform.redis;

import org.jspecify.annotations.NullMarked;
