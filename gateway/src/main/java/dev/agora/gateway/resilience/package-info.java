/**
 * What protects a service and the requests to it: concurrency limits, circuit breakers
 * and deadlines.
 */
@NullMarked
package dev.agora.gateway.resilience;

import org.jspecify.annotations.NullMarked;
