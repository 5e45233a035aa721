/**
 * What stands in Redis under one key of a cache: its format, its scripts and its
 * lifetimes.
 */
@NullMarked
package dev.agora.platform.cache.envelope;

import org.jspecify.annotations.NullMarked;
