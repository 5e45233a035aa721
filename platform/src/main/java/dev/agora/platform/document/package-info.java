/**
 * Aggregates as documents in MongoDB, each with its version and the outbox of its events,
 * and projections of the aggregates of other services.
 */
@NullMarked
package dev.agora.platform.document;

import org.jspecify.annotations.NullMarked;
