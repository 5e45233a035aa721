package dev.agora.graph.exports;

import reactor.core.publisher.Flux;

import dev.agora.graph.edge.Follow;
import dev.agora.graph.edge.FollowEdges;
import dev.agora.graph.tie.Ties;
import dev.agora.platform.document.Stored;

/**
 * Reads the follows by which others follow a member. Their ids begin with the followers,
 * so the ties of the member name those. A follow that has ended is data of the other
 * member alone, who may have ended it by a block.
 */
final class FollowerEdges {

	private static final int PAGE = 200;

	private final Ties ties;

	private final FollowEdges follows;

	FollowerEdges(Ties ties, FollowEdges follows) {
		this.ties = ties;
		this.follows = follows;
	}

	/** Reads the follows, by ascending id of the follower. They are read on demand. */
	Flux<Follow> scan(String member) {
		return this.ties.others(member, "", PAGE)
			.collectList()
			.expand((page) -> (page.size() < PAGE) ? Flux.empty()
					: this.ties.others(member, page.get(PAGE - 1), PAGE).collectList())
			.concatMap(
					(others) -> this.follows.findAll(others.stream().map((other) -> Follow.id(other, member)).toList()),
					1)
			.map(Stored::value)
			.filter(Follow::active);
	}

}
