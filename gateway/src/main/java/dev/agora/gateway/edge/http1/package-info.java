/**
 * The Netty handlers around a connection's HTTP decoder: framing, head and response
 * headers.
 */
@NullMarked
package dev.agora.gateway.edge.http1;

import org.jspecify.annotations.NullMarked;
