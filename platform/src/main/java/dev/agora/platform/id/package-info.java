/**
 * Time-sorted 64-bit ids, generated without coordination.
 */
@NullMarked
package dev.agora.platform.id;

import org.jspecify.annotations.NullMarked;
