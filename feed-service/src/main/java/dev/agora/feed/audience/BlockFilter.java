package dev.agora.feed.audience;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import reactor.core.publisher.Mono;
import reactor.util.function.Tuple2;

import dev.agora.platform.web.Consistency;

/**
 * Hides from a member what shows others whom the member blocks, or who block the member.
 * It reads the blocks while the object itself is read, so that a response takes no
 * longer.
 */
public final class BlockFilter {

	private final BlockProjection blocks;

	private final HiddenMembersCache cache;

	public BlockFilter(BlockProjection blocks, HiddenMembersCache cache) {
		this.blocks = blocks;
		this.cache = cache;
	}

	/**
	 * Passes an object on unless blocks hide a member whom it shows; empty otherwise.
	 * @param object the object, or empty if it does not exist
	 * @param members finds the ids of the members whom it shows
	 * @param viewer the id of the member who reads the object
	 */
	public <T> Mono<T> filter(Mono<T> object, Function<T, List<String>> members, String viewer,
			Consistency consistency) {
		return object.zipWith(hiddenFrom(viewer, consistency))
			.filterWhen((read) -> hiddenAmong(read.getT2(), viewer, members.apply(read.getT1())).map(Set::isEmpty))
			.map(Tuple2::getT1);
	}

	/** Whether blocks hide a member from a viewer. */
	public Mono<Boolean> hides(String viewer, String member, Consistency consistency) {
		return hiddenAmong(viewer, Set.of(member), consistency).map((hidden) -> !hidden.isEmpty());
	}

	/** Finds those of some members whom blocks hide from a viewer. */
	public Mono<Set<String>> hiddenAmong(String viewer, Collection<String> members, Consistency consistency) {
		return hiddenFrom(viewer, consistency).flatMap((hidden) -> hiddenAmong(hidden, viewer, members));
	}

	private Mono<HiddenMembers> hiddenFrom(String viewer, Consistency consistency) {
		return (consistency == Consistency.STRONG) ? this.blocks.hiddenFrom(viewer) : this.cache.hiddenFrom(viewer);
	}

	private Mono<Set<String>> hiddenAmong(HiddenMembers hidden, String viewer, Collection<String> members) {
		return hidden.complete()
				? Mono.just(members.stream().filter(hidden.ids()::contains).collect(Collectors.toUnmodifiableSet()))
				: this.blocks.hiddenAmong(viewer, members);
	}

}
