package dev.agora.session.identity;

import java.time.Instant;

/**
 * A member's identity for one service.
 *
 * @param identity the JWT
 * @param expiresAt until when it is good
 * @param memberId whose it is
 */
public record SignedIdentity(String identity, Instant expiresAt, String memberId) {
}
