/**
 * The Netty handlers around the HTTP codec of a connection: framing, heads, pipelining
 * and response headers.
 */
@NullMarked
package dev.agora.gateway.edge.http1;

import org.jspecify.annotations.NullMarked;
