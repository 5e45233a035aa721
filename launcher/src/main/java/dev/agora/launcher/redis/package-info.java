/**
 * The Redis servers of a local system.
 */
@NullMarked
package dev.agora.launcher.redis;

import org.jspecify.annotations.NullMarked;
