package dev.agora.session.identity;

import java.time.Instant;

/**
 * A member's signed identity for one service.
 *
 * @param identity the JWT
 * @param expiresAt when it expires
 * @param memberId the id of the member
 */
public record SignedIdentity(String identity, Instant expiresAt, String memberId) {
}
