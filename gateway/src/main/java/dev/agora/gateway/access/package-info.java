/**
 * Writes the access log, one line of JSON for each request.
 */
@NullMarked
package dev.agora.gateway.access;

import org.jspecify.annotations.NullMarked;
