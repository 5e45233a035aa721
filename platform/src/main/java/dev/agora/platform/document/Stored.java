package dev.agora.platform.document;

import java.time.Instant;

/**
 * A stored state of an aggregate.
 *
 * @param id the aggregate's id
 * @param version 1 at its creation, raised by each change
 * @param value the state
 * @param createdAt when it was created
 * @param updatedAt when it was changed last
 * @param tally an approximate number beside the state, such as one of views; it changes
 * without a new version and without an event
 * @param <T> the aggregate's state
 */
public record Stored<T>(String id, long version, T value, Instant createdAt, Instant updatedAt, long tally) {
}
