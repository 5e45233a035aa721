package dev.agora.session.session;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.agora.session.member.Card;

/**
 * A member being logged in on one device.
 *
 * @param id the session's id, which is no secret
 * @param member the member as they were at {@code memberVersion}
 * @param memberVersion the version of the member
 * @param device what the client calls itself, null where it did not say
 * @param address where they logged in from, null where that is not known
 * @param createdAt when they logged in
 * @param seenAt when the session was last used, to the minute
 * @param expiresAt when it ends if it is not used again
 * @param endsAt when it ends however much it is used
 */
public record Session(String id, Card member, long memberVersion, @Nullable String device, @Nullable String address,
		Instant createdAt, Instant seenAt, Instant expiresAt, Instant endsAt) {

	public boolean isOpenAt(Instant now) {
		return now.isBefore(this.expiresAt);
	}

	/** Whether the last use was noted long enough ago to note this one. */
	boolean isTouchDue(Instant now, Duration interval) {
		return !now.isBefore(this.seenAt.plus(interval));
	}

	/** The session after a use. */
	Session touched(Instant now, Duration idleLifetime) {
		Instant idleEnd = now.plus(idleLifetime);
		return new Session(this.id, this.member, this.memberVersion, this.device, this.address, this.createdAt, now,
				idleEnd.isBefore(this.endsAt) ? idleEnd : this.endsAt, this.endsAt);
	}

	/** The session of a member who has changed. */
	public Session renamed(Card changed, long version) {
		return new Session(this.id, changed, version, this.device, this.address, this.createdAt, this.seenAt,
				this.expiresAt, this.endsAt);
	}

}
