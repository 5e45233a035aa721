package dev.agora.graph.edge;

import java.time.Instant;
import java.util.List;

import dev.agora.graph.tie.TieCard;
import dev.agora.platform.document.Change;
import dev.agora.platform.problem.InvalidRequest;

/**
 * The edge from a member to another whom they follow or followed. An ended follow remains
 * as an inactive edge, so that its versions continue when it starts again.
 *
 * @param follower the id of the member who follows
 * @param followee the id of the member who is followed
 * @param active whether the follow is active
 * @param since the time of the last start or end
 */
public record Follow(String follower, String followee, boolean active, Instant since) {

	/** Returns the id of the edge between two members. */
	public static String id(String follower, String followee) {
		return follower + ":" + followee;
	}

	/**
	 * Starts a follow for the first time.
	 * @param cards the cards of both members, empty for an import
	 * @throws InvalidRequest if a member would follow themselves
	 */
	public static Change<Follow> start(String follower, String followee, Instant at, List<TieCard> cards) {
		requireTwo(follower, followee);
		return Change.to(new Follow(follower, followee, true, at), new FollowEvent.Started(follower, followee, cards));
	}

	/**
	 * Starts the follow again; an active follow does not change.
	 * @param cards the cards of both members, empty for an import
	 */
	public Change<Follow> restart(Instant at, List<TieCard> cards) {
		return this.active ? Change.none(this) : start(this.follower, this.followee, at, cards);
	}

	/** Ends the follow; an inactive follow does not change. */
	public Change<Follow> end(Instant at) {
		return this.active ? Change.to(new Follow(this.follower, this.followee, false, at),
				new FollowEvent.Ended(this.follower, this.followee)) : Change.none(this);
	}

	/**
	 * Refuses an edge from a member to themselves.
	 * @throws InvalidRequest if both are the same
	 */
	public static void requireTwo(String follower, String followee) {
		if (follower.equals(followee)) {
			throw InvalidRequest.unprocessable("oneself", "memberId", "A member cannot follow themselves.");
		}
	}

}
