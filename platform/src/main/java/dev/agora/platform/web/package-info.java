/**
 * What every request carries: caller, consistency, paging, idempotency, ids and deadline.
 */
@NullMarked
package dev.agora.platform.web;

import org.jspecify.annotations.NullMarked;
