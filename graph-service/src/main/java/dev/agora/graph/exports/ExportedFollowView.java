package dev.agora.graph.exports;

import java.time.Instant;

import dev.agora.graph.edge.Follow;

/**
 * A follow in an export.
 *
 * @param follower the id of the member who follows
 * @param followee the id of the member who is followed
 * @param active whether the follow is active
 * @param since the time of the last start or end
 */
record ExportedFollowView(String follower, String followee, boolean active, Instant since) {

	static ExportedFollowView of(Follow follow) {
		return new ExportedFollowView(follow.follower(), follow.followee(), follow.active(), follow.since());
	}

}
