package dev.agora.gateway.resilience;

/**
 * One request that a {@link ConcurrencyLimit} has admitted.
 *
 * @param acquiredAt when it was admitted, by {@link System#nanoTime}
 * @param inFlightAtStart how many requests were in flight then, itself included
 */
record Permit(long acquiredAt, int inFlightAtStart) {
}
