/** The spans of the requests that the gateway sends to instances. */
@NullMarked
package dev.agora.gateway.tracing;

import org.jspecify.annotations.NullMarked;
