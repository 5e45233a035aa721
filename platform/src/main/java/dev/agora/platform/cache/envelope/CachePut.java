package dev.agora.platform.cache.envelope;

import java.time.Duration;

/**
 * An entry to be stored.
 *
 * @param envelope the entry
 * @param ttl how long it stays in Redis; every key expires
 */
public record CachePut(Envelope envelope, Duration ttl) {
}
