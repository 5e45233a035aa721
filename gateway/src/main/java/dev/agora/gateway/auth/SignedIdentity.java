package dev.agora.gateway.auth;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The identity that session-service signs for a token.
 *
 * @param identity the member's identity for one service, a JWT
 * @param expiresAt when it expires
 * @param memberId the member's id; null from builds that do not send it
 */
record SignedIdentity(String identity, Instant expiresAt, @Nullable String memberId) {
}
