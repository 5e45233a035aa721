package dev.agora.graph.reconcile;

import java.util.List;

import reactor.core.publisher.Mono;

import dev.agora.graph.follow.Follows;
import dev.agora.graph.member.MemberProjection;

/**
 * Ends the follows of members who left. Names need no care: lists take them from the
 * copies of the members.
 * <p>
 * No follow is missed, though it start while the others are ended: first it is kept that
 * the member left, then the follows are looked for. One that starts too late to be found
 * has its own event, and when that comes, it is known who left. All of it may be done
 * again at any time; what was interrupted goes on where it was.
 */
public final class FollowReconciler {

	/** Few, so that requests stay quick while a member of many follows is seen to. */
	private static final int AT_ONCE = 4;

	private final MemberProjection members;

	private final Follows follows;

	public FollowReconciler(MemberProjection members, Follows follows) {
		this.members = members;
		this.follows = follows;
	}

	/**
	 * A member left. The follows are ended even where that was known already: this may be
	 * the next try after a crash in the middle of them.
	 */
	Mono<Void> leave(String memberId, long version) {
		return this.members.remove(memberId, version)
			.thenMany(this.follows.of(memberId))
			.flatMap((follow) -> this.follows.unfollow(follow.follower(), follow.followee()), AT_ONCE)
			.then();
	}

	/** Ends a follow between two of whom one left. */
	Mono<Void> settle(String follower, String followee) {
		return this.members.isAnyGone(List.of(follower, followee))
			.flatMap((gone) -> gone ? this.follows.unfollow(follower, followee) : Mono.empty());
	}

}
