/**
 * Request bodies: each is received whole, within bounds, before its request takes part in
 * anything that other clients share.
 */
@NullMarked
package dev.agora.gateway.body;

import org.jspecify.annotations.NullMarked;
