/**
 * Keeps a service's own documents in line with its projections, and waits for entries of
 * projections that are still on their way.
 */
@NullMarked
package dev.agora.platform.projection;

import org.jspecify.annotations.NullMarked;
