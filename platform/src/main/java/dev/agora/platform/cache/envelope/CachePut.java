package dev.agora.platform.cache.envelope;

import java.time.Duration;

/**
 * An entry on its way to Redis.
 *
 * @param life always set: every key expires
 */
public record CachePut(Envelope envelope, Duration life) {
}
