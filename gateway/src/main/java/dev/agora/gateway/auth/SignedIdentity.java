package dev.agora.gateway.auth;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What session-service says of a token.
 *
 * @param identity the member's identity for one service, a JWT
 * @param expiresAt until when it is good
 * @param memberId whose it is; null from a build that does not say
 */
record SignedIdentity(String identity, Instant expiresAt, @Nullable String memberId) {
}
