/**
 * Protects services and the requests to them: concurrency limits, circuit breakers and
 * deadlines.
 */
@NullMarked
package dev.agora.gateway.resilience;

import org.jspecify.annotations.NullMarked;
