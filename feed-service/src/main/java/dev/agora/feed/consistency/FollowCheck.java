package dev.agora.feed.consistency;

import java.util.Map;

import reactor.core.publisher.Mono;

import dev.agora.feed.audience.FollowProjection;
import dev.agora.feed.friend.Friendships;

/**
 * Whether the feed shows follows: the projection has them, and the activities of
 * friendships are in line with them.
 */
final class FollowCheck {

	private final FollowProjection follows;

	private final Friendships friendships;

	FollowCheck(FollowProjection follows, Friendships friendships) {
		this.follows = follows;
		this.friendships = friendships;
	}

	/**
	 * Whether the versions of follows are applied.
	 * @param versions the versions by {@code <follower>:<followee>}
	 */
	Mono<Boolean> hasApplied(Map<String, Long> versions) {
		return this.follows.hasVersions(versions)
			.flatMap((applied) -> applied ? this.friendships.areUpdated(versions.keySet()) : Mono.just(false));
	}

}
