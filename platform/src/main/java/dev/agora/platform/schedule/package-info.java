/**
 * Work that a service repeats in intervals, in one instance at a time.
 */
@NullMarked
package dev.agora.platform.schedule;

import org.jspecify.annotations.NullMarked;
