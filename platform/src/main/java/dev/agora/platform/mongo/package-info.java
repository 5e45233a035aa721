/**
 * The parts of MongoDB that every store uses: settings, schema, failures, bounded
 * batches, retries, leases.
 */
@NullMarked
package dev.agora.platform.mongo;

import org.jspecify.annotations.NullMarked;
