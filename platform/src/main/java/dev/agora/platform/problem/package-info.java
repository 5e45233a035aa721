/**
 * Refusals as whole sentences with a code, and their one mapping to HTTP (RFC 9457).
 */
@NullMarked
package dev.agora.platform.problem;

import org.jspecify.annotations.NullMarked;
