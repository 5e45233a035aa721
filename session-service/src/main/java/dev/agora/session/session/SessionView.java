package dev.agora.session.session;

import java.time.Instant;

import dev.agora.session.member.Card;

/**
 * A new session, in the only response that has its token.
 *
 * @param id the session's id
 * @param token the token to send as {@code Authorization: Bearer}
 * @param member the member who is logged in
 * @param expiresAt when it ends if it is not used
 */
public record SessionView(String id, String token, Card member, Instant expiresAt) {

	public static SessionView of(Session session, Token token) {
		return new SessionView(session.id(), token.text(), session.member(), session.expiresAt());
	}

}
