/**
 * Limits the requests of each address and each member, together with the other gateways.
 */
@NullMarked
package dev.agora.gateway.rate;

import org.jspecify.annotations.NullMarked;
