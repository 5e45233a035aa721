package dev.agora.session.exports;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.agora.session.session.Session;

/**
 * A session in an export, without its token and the token's hash.
 *
 * @param device the name that the client gave itself, if any
 * @param address the address of the log-in, if it is known
 * @param seenAt when it was last used, to the minute
 * @param expiresAt when it ends if it is not used again
 * @param endsAt when it ends even if it is used
 */
record ExportedSessionView(String id, @Nullable String device, @Nullable String address, Instant createdAt,
		Instant seenAt, Instant expiresAt, Instant endsAt) {

	static ExportedSessionView of(Session session) {
		return new ExportedSessionView(session.id(), session.device(), session.address(), session.createdAt(),
				session.seenAt(), session.expiresAt(), session.endsAt());
	}

}
