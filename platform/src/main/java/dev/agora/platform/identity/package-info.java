/**
 * Who a request is for: the signed identity that the gateway gives and every service
 * verifies.
 */
@NullMarked
package dev.agora.platform.identity;

import org.jspecify.annotations.NullMarked;
