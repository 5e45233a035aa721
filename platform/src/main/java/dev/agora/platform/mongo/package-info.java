/**
 * MongoDB as every store of a service needs it: its settings, its failures, bounded
 * batches and repeats.
 */
@NullMarked
package dev.agora.platform.mongo;

import org.jspecify.annotations.NullMarked;
