/**
 * Declares the problems that a request can end with, and maps them to HTTP (RFC 9457).
 */
@NullMarked
package dev.agora.platform.problem;

import org.jspecify.annotations.NullMarked;
