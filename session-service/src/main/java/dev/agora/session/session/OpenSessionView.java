package dev.agora.session.session;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An open session as its member sees it.
 *
 * @param id the session's id
 * @param device what the client calls itself, null where it did not say
 * @param address where the member logged in from, null where that is not known
 * @param createdAt when the member logged in
 * @param seenAt when it was last used, to the minute
 * @param expiresAt when it ends if it is not used again
 * @param current whether it is the one through which this is asked
 */
record OpenSessionView(String id, @Nullable String device, @Nullable String address, Instant createdAt, Instant seenAt,
		Instant expiresAt, boolean current) {

	static OpenSessionView of(Session session, String currentId) {
		return new OpenSessionView(session.id(), session.device(), session.address(), session.createdAt(),
				session.seenAt(), session.expiresAt(), session.id().equals(currentId));
	}

}
