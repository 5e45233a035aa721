package dev.agora.gateway.auth;

import java.time.Instant;

/**
 * What session-service says of a token.
 *
 * @param identity the member's identity for one service, a JWT
 * @param expiresAt until when it is good
 */
record SignedIdentity(String identity, Instant expiresAt) {
}
