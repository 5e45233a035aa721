package dev.agora.session.session;

import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.agora.session.member.Card;
import dev.agora.session.member.Profile;

/**
 * The session of a member who is logged in on one device.
 *
 * @param id the session's id, which is no secret
 * @param member the member as they were at {@code memberVersion}
 * @param memberVersion the version of the member
 * @param operatorSince when the member became an operator; null if they were none
 * @param device the name that the client gave itself, if any
 * @param address the address of the log-in, if it is known
 * @param createdAt when they logged in
 * @param seenAt when the session was last used, to the minute
 * @param expiresAt when it ends if it is not used again
 * @param endsAt when it ends even if it is used
 */
public record Session(String id, Card member, long memberVersion, @Nullable Instant operatorSince,
		@Nullable String device, @Nullable String address, Instant createdAt, Instant seenAt, Instant expiresAt,
		Instant endsAt) {

	public boolean isOpenAt(Instant now) {
		return now.isBefore(this.expiresAt);
	}

	/** Whether the last recorded use is old enough for this one to be recorded. */
	boolean isTouchDue(Instant now, Duration interval) {
		return !now.isBefore(this.seenAt.plus(interval));
	}

	/** Returns the session after a use. */
	Session touched(Instant now, Duration idleLifetime) {
		Instant idleEnd = now.plus(idleLifetime);
		return new Session(this.id, this.member, this.memberVersion, this.operatorSince, this.device, this.address,
				this.createdAt, now, idleEnd.isBefore(this.endsAt) ? idleEnd : this.endsAt, this.endsAt);
	}

	/** Returns the session after its member has changed. */
	public Session withMember(Profile changed) {
		return new Session(this.id, Card.of(changed), changed.version(), changed.operatorSince(), this.device,
				this.address, this.createdAt, this.seenAt, this.expiresAt, this.endsAt);
	}

}
