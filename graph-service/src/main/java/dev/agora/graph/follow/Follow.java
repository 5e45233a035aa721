package dev.agora.graph.follow;

import java.time.Instant;

import dev.agora.platform.document.Change;
import dev.agora.platform.problem.InvalidRequest;

/**
 * That one member follows another, or did. An ended follow stays, inactive, so that its
 * versions go on when it starts again.
 *
 * @param follower who follows
 * @param followee who is followed
 * @param active whether that is so now
 * @param since when it became so
 */
public record Follow(String follower, String followee, boolean active, Instant since) {

	/** The id of the edge between two members. */
	public static String id(String follower, String followee) {
		return follower + ":" + followee;
	}

	/**
	 * A member follows another for the first time.
	 * @throws InvalidRequest if both are the same
	 */
	public static Change<Follow> start(String follower, String followee, Instant at) {
		requireTwo(follower, followee);
		return Change.to(new Follow(follower, followee, true, at), new FollowEvent.Started(follower, followee));
	}

	/** Follows again; nothing happens to one who follows already. */
	public Change<Follow> restart(Instant at) {
		return this.active ? Change.none(this) : start(this.follower, this.followee, at);
	}

	/** Follows no more; nothing happens to one who does not follow. */
	public Change<Follow> end(Instant at) {
		return this.active ? Change.to(new Follow(this.follower, this.followee, false, at),
				new FollowEvent.Ended(this.follower, this.followee)) : Change.none(this);
	}

	/**
	 * Refuses an edge that leads back to where it starts.
	 * @throws InvalidRequest if both are the same
	 */
	static void requireTwo(String follower, String followee) {
		if (follower.equals(followee)) {
			throw InvalidRequest.unprocessable("oneself", "memberId", "A member cannot follow themselves.");
		}
	}

}
