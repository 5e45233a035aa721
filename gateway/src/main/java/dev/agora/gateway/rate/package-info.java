/**
 * How many requests one client may send: per address and per member, together with the
 * other gateways.
 */
@NullMarked
package dev.agora.gateway.rate;

import org.jspecify.annotations.NullMarked;
