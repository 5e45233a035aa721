/**
 * The topics that reads of this service depend on, and how far each is applied.
 */
@NullMarked
package dev.agora.graph.consistency;

import org.jspecify.annotations.NullMarked;
