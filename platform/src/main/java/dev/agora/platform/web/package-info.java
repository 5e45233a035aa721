/**
 * Reads the parts that all requests share: consistency, paging, idempotency, ids,
 * deadline.
 */
@NullMarked
package dev.agora.platform.web;

import org.jspecify.annotations.NullMarked;
