/**
 * What keeps a service that is slow or broken from holding up its callers: the deadline
 * of a request and the breaker of a route.
 */
@NullMarked
package dev.agora.gateway.guard;

import org.jspecify.annotations.NullMarked;
