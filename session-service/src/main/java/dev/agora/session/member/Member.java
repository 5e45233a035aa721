package dev.agora.session.member;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.agora.platform.document.Change;
import dev.agora.platform.problem.TooManyRequests;

/**
 * A member, who can log in.
 *
 * @param handle the unique name in lower case
 * @param name the name as shown
 * @param passwordHash Argon2id with salt and parameters, in the PHC string format; empty
 * for a member who was imported without one and cannot log in
 * @param createdAt when they registered
 * @param renamedAt the changes of the name within the hour before the last one
 * @param operatorSince when they became an operator; null if they are none
 */
public record Member(String handle, String name, String passwordHash, Instant createdAt, List<Instant> renamedAt,
		@Nullable Instant operatorSince) {

	private static final Duration HOUR = Duration.ofHours(1);

	/** Documents from before changes were counted have no {@code renamedAt}. */
	public Member {
		renamedAt = List.copyOf(Objects.requireNonNullElse(renamedAt, List.of()));
	}

	/** Registers a member. */
	public static Change<Member> register(String handle, String name, String passwordHash, Instant at) {
		return Change.to(new Member(handle, name, passwordHash, at, List.of(), null),
				new MemberEvent.Registered(handle, name, at));
	}

	/**
	 * Changes the name; the same name is no change.
	 * @param to the new name
	 * @param at the time of the change
	 * @param perHour the number of changes allowed within an hour
	 * @throws TooManyRequests if that number is reached
	 */
	public Change<Member> rename(String to, Instant at, int perHour) {
		if (to.equals(this.name)) {
			return Change.none(this);
		}
		List<Instant> recent = this.renamedAt.stream().filter(at.minus(HOUR)::isBefore).toList();
		if (recent.size() >= perHour) {
			Instant freeAt = recent.get(recent.size() - perHour).plus(HOUR);
			throw new TooManyRequests("renamed-too-often",
					"A name may be changed %d times an hour: try again later.".formatted(perHour),
					Duration.between(at, freeAt));
		}
		List<Instant> withThis = Stream.concat(recent.stream(), Stream.of(at)).toList();
		return Change.to(new Member(this.handle, to, this.passwordHash, this.createdAt, withThis, this.operatorSince),
				new MemberEvent.Renamed(this.handle, to));
	}

	/**
	 * Replaces the password hash. No other service needs it, so there is no event.
	 * @param old the hash to replace; if it was replaced meanwhile, nothing changes
	 */
	Change<Member> changePasswordHash(String old, String hash) {
		return old.equals(this.passwordHash)
				? Change.withoutEvent(
						new Member(this.handle, this.name, hash, this.createdAt, this.renamedAt, this.operatorSince))
				: Change.none(this);
	}

	/** Makes the member an operator; an operator stays one since the earlier time. */
	Change<Member> grantOperator(Instant at) {
		return (this.operatorSince != null) ? Change.none(this)
				: Change.to(withOperatorSince(at), new MemberEvent.OperatorGranted(this.handle, at));
	}

	/** Ends the rights of an operator; for another member nothing changes. */
	Change<Member> revokeOperator() {
		return (this.operatorSince == null) ? Change.none(this)
				: Change.to(withOperatorSince(null), new MemberEvent.OperatorRevoked(this.handle));
	}

	private Member withOperatorSince(@Nullable Instant since) {
		return new Member(this.handle, this.name, this.passwordHash, this.createdAt, this.renamedAt, since);
	}

	/**
	 * Deletes the member. Only the handle is retained for a time, so that no other member
	 * gets it while projections still have the deleted one.
	 */
	public Change<Member> delete(Instant handleFreeAt) {
		return Change.removal(new MemberEvent.Deleted(this.handle),
				new Member(this.handle, "", "", this.createdAt, List.of(), null), handleFreeAt);
	}

}
