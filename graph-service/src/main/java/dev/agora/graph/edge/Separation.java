package dev.agora.graph.edge;

import java.util.List;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Stored;
import dev.agora.platform.problem.NotFound;

/**
 * Ends the follows between two members while one of them blocks the other. A follow ends
 * only in the version that was seen before the active block: a follow that was started
 * after the block was lifted stays.
 */
public final class Separation {

	private final FollowEdges follows;

	private final BlockEdges blocks;

	public Separation(FollowEdges follows, BlockEdges blocks) {
		this.follows = follows;
		this.blocks = blocks;
	}

	/**
	 * Ends both follows between two members, if a block is active.
	 * @return the follows afterwards, without those that are being written for the first
	 * time
	 */
	public Flux<Stored<Follow>> separate(Edge pair) {
		return this.follows.findAll(List.of(Follow.id(pair.from(), pair.to()), Follow.id(pair.to(), pair.from())))
			// The majority may not have a found follow yet; its writer finds the block.
			.concatMap((follow) -> enforce(follow).onErrorResume(NotFound.class, (uncommitted) -> Mono.empty()));
	}

	/**
	 * Ends a follow, if a block is active.
	 * @return the follow afterwards
	 */
	public Mono<Stored<Follow>> enforce(Stored<Follow> follow) {
		return follow.value().active()
				? isBlocked(follow.value())
					.flatMap((blocked) -> blocked ? this.follows.end(follow).flatMap(this::enforce) : Mono.just(follow))
				: Mono.just(follow);
	}

	private Mono<Boolean> isBlocked(Follow follow) {
		return this.blocks.findBlocked(List.of(new Edge(follow.follower(), follow.followee())))
			.map((blocked) -> !blocked.isEmpty());
	}

}
