/**
 * The stored form of cached objects: format, scripts, lifetimes.
 */
@NullMarked
package dev.agora.platform.cache.envelope;

import org.jspecify.annotations.NullMarked;
