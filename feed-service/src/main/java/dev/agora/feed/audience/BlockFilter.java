package dev.agora.feed.audience;

import java.util.Set;
import java.util.function.Function;

import reactor.core.publisher.Mono;
import reactor.util.function.Tuple2;

import dev.agora.platform.web.Consistency;

/**
 * Hides from a member what others did whom the member blocks, or who block the member. It
 * reads the blocks while the object itself is read, so that a response takes no longer.
 */
public final class BlockFilter {

	private final BlockProjection blocks;

	private final HiddenMembersCache cache;

	public BlockFilter(BlockProjection blocks, HiddenMembersCache cache) {
		this.blocks = blocks;
		this.cache = cache;
	}

	/**
	 * Passes an object on unless blocks hide its author; empty otherwise.
	 * @param object the object, or empty if it does not exist
	 * @param author finds the id of its author
	 * @param viewer the id of the member who reads the object
	 */
	public <T> Mono<T> filter(Mono<T> object, Function<T, String> author, String viewer, Consistency consistency) {
		return object.zipWith(hiddenFrom(viewer, consistency))
			.filterWhen((read) -> hides(read.getT2(), viewer, author.apply(read.getT1())).map((hides) -> !hides))
			.map(Tuple2::getT1);
	}

	/** Whether blocks hide a member from a viewer. */
	public Mono<Boolean> hides(String viewer, String member, Consistency consistency) {
		return hiddenFrom(viewer, consistency).flatMap((hidden) -> hides(hidden, viewer, member));
	}

	private Mono<HiddenMembers> hiddenFrom(String viewer, Consistency consistency) {
		return (consistency == Consistency.STRONG) ? this.blocks.hiddenFrom(viewer) : this.cache.hiddenFrom(viewer);
	}

	private Mono<Boolean> hides(HiddenMembers hidden, String viewer, String member) {
		return hidden.complete() ? Mono.just(hidden.ids().contains(member))
				: this.blocks.hiddenAmong(viewer, Set.of(member)).map((found) -> !found.isEmpty());
	}

}
