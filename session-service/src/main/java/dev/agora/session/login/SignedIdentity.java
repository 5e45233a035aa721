package dev.agora.session.login;

import java.time.Instant;

/**
 * A member's identity for one service.
 *
 * @param identity the JWT
 * @param expiresAt until when it is good
 * @param memberId whose it is
 */
record SignedIdentity(String identity, Instant expiresAt, String memberId) {
}
