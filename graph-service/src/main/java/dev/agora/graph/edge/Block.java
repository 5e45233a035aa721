package dev.agora.graph.edge;

import java.time.Instant;

import dev.agora.platform.document.Change;
import dev.agora.platform.problem.InvalidRequest;

/**
 * The edge from a member to another whom they block or blocked. A lifted block remains as
 * an inactive edge, so that its versions continue when it starts again.
 *
 * @param blocker the id of the member who blocks
 * @param blocked the id of the member who is blocked
 * @param active whether the block is active
 * @param since the time of the last start or end
 */
public record Block(String blocker, String blocked, boolean active, Instant since) {

	/** Returns the id of the edge between two members. */
	public static String id(String blocker, String blocked) {
		return blocker + ":" + blocked;
	}

	/**
	 * Starts a block for the first time.
	 * @throws InvalidRequest if a member would block themselves
	 */
	public static Change<Block> start(String blocker, String blocked, Instant at) {
		requireTwo(blocker, blocked);
		return Change.to(new Block(blocker, blocked, true, at), new BlockEvent.Started(blocker, blocked));
	}

	/** Starts the block again; an active block does not change. */
	public Change<Block> restart(Instant at) {
		return this.active ? Change.none(this) : start(this.blocker, this.blocked, at);
	}

	/** Ends the block; an inactive block does not change. */
	public Change<Block> end(Instant at) {
		return this.active ? Change.to(new Block(this.blocker, this.blocked, false, at),
				new BlockEvent.Ended(this.blocker, this.blocked)) : Change.none(this);
	}

	/**
	 * Refuses an edge from a member to themselves.
	 * @throws InvalidRequest if both are the same
	 */
	public static void requireTwo(String blocker, String blocked) {
		if (blocker.equals(blocked)) {
			throw InvalidRequest.unprocessable("oneself", "memberId", "A member cannot block themselves.");
		}
	}

}
