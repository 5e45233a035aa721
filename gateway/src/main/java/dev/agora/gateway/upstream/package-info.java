/**
 * Writes the headers of the request to a service.
 */
@NullMarked
package dev.agora.gateway.upstream;

import org.jspecify.annotations.NullMarked;
