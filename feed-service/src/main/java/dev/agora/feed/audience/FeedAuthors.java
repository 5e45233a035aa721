package dev.agora.feed.audience;

import java.util.HashSet;
import java.util.Set;

import reactor.core.publisher.Mono;

/**
 * Finds the authors of a member's home feed: the member, and the followees whom no block
 * hides. A block ends the follows between its two members, but the feed may receive the
 * block before it receives their ends.
 */
public final class FeedAuthors {

	private final FollowProjection follows;

	private final BlockProjection blocks;

	private final PulledAuthors pulled;

	public FeedAuthors(FollowProjection follows, BlockProjection blocks, PulledAuthors pulled) {
		this.follows = follows;
		this.blocks = blocks;
		this.pulled = pulled;
	}

	/** Finds the ids of the authors of a member's home feed. */
	public Mono<Set<String>> of(String member) {
		return this.follows.followeesOf(member)
			.zipWith(this.blocks.hiddenFrom(member))
			.flatMap((read) -> hiddenAmong(read.getT1(), member, read.getT2())
				.map((hidden) -> without(read.getT1(), hidden, member)));
	}

	/**
	 * Finds the authors of a member's home feed who are pulled. The member is not among
	 * them, since own activities are always pushed.
	 */
	public Mono<Set<String>> pulledAmong(Set<String> authors, String member) {
		Set<String> others = new HashSet<>(authors);
		others.remove(member);
		return others.isEmpty() ? Mono.just(Set.of()) : this.pulled.among(others);
	}

	private Mono<Set<String>> hiddenAmong(Set<String> followees, String member, HiddenMembers hidden) {
		return hidden.complete() ? Mono.just(hidden.ids()) : this.blocks.hiddenAmong(member, followees);
	}

	private static Set<String> without(Set<String> followees, Set<String> hidden, String member) {
		Set<String> authors = new HashSet<>(followees);
		authors.removeAll(hidden);
		authors.add(member);
		return authors;
	}

}
