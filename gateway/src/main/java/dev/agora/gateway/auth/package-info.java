/**
 * Replaces the client's token by the signed identity that services trust.
 */
@NullMarked
package dev.agora.gateway.auth;

import org.jspecify.annotations.NullMarked;
