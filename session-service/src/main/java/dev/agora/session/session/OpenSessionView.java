package dev.agora.session.session;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An open session in a response to its member.
 *
 * @param id the session's id
 * @param device the name that the client gave itself, if any
 * @param address the address of the log-in, if it is known
 * @param createdAt when the member logged in
 * @param seenAt when it was last used, to the minute
 * @param expiresAt when it ends if it is not used again
 * @param current whether it is the session of this request
 */
record OpenSessionView(String id, @Nullable String device, @Nullable String address, Instant createdAt, Instant seenAt,
		Instant expiresAt, boolean current) {

	static OpenSessionView of(Session session, String currentId) {
		return new OpenSessionView(session.id(), session.device(), session.address(), session.createdAt(),
				session.seenAt(), session.expiresAt(), session.id().equals(currentId));
	}

}
