package dev.agora.platform.document;

/**
 * A state of a document from which a slow computation started. Its result is written only
 * if neither another change nor another claim came in between.
 *
 * @param state the state
 * @param token identifies the claim
 * @param <T> the aggregate's state
 */
public record Claim<T>(Stored<T> state, long token) {
}
