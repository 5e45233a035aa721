package dev.agora.platform.cache;

import java.time.Duration;

/**
 * An entry on its way to Redis.
 *
 * @param life always set: every key expires
 */
record Write(Envelope envelope, Duration life) {
}
