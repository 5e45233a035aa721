/**
 * From a client's token to the signed identity that the services trust.
 */
@NullMarked
package dev.agora.gateway.auth;

import org.jspecify.annotations.NullMarked;
