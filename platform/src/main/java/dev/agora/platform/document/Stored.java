package dev.agora.platform.document;

import java.time.Instant;

/**
 * A state as it was read or written.
 *
 * @param id the aggregate's id
 * @param version 1 at the creation, one more with each change
 * @param value the state
 * @param createdAt when it was created
 * @param updatedAt when it was last changed
 * @param <T> the aggregate's state
 */
public record Stored<T>(String id, long version, T value, Instant createdAt, Instant updatedAt) {
}
