/**
 * Handles each request before its route: the client's address, CORS, validity, and the
 * headers of every response.
 */
@NullMarked
package dev.agora.gateway.edge;

import org.jspecify.annotations.NullMarked;
