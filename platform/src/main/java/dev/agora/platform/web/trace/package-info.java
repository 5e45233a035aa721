/** The traces of requests: where they begin, and the span of each request. */
@NullMarked
package dev.agora.platform.web.trace;

import org.jspecify.annotations.NullMarked;
