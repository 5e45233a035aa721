package dev.agora.platform.job;

import java.time.Instant;

/**
 * The times of the end of a job.
 *
 * @param endedAt when it ended
 * @param expiresAt until when its result or error can be read
 */
public record JobRetention(Instant endedAt, Instant expiresAt) {
}
