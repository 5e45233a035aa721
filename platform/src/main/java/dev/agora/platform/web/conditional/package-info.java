/**
 * Evaluates the preconditions of requests: {@code If-Match} and {@code If-None-Match}.
 */
@NullMarked
package dev.agora.platform.web.conditional;

import org.jspecify.annotations.NullMarked;
