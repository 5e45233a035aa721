/**
 * The common parts of all server-sent events: the number of open streams, and the headers
 * of the response.
 */
@NullMarked
package dev.agora.platform.sse;

import org.jspecify.annotations.NullMarked;
