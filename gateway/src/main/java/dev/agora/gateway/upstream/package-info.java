/**
 * The headers of the request that a service receives.
 */
@NullMarked
package dev.agora.gateway.upstream;

import org.jspecify.annotations.NullMarked;
