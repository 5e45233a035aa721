package dev.agora.feed.timeline;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.agora.feed.audience.Block;
import dev.agora.feed.audience.Follow;

/**
 * The follows and blocks of a random history, with a plain computation of whom each
 * member sees. A change returns the steps with which its events arrive, in order.
 */
final class AudienceModel {

	private final FeedStores feed;

	private final Set<Follow> follows = new HashSet<>();

	private final Set<Block> blocks = new HashSet<>();

	private final Map<Object, Long> versions = new HashMap<>();

	AudienceModel(FeedStores feed) {
		this.feed = feed;
	}

	/** Whether a member's activities belong into the feed of a viewer. */
	boolean feeds(String viewer, String author) {
		return viewer.equals(author) || (this.follows.contains(new Follow(viewer, author)) && shows(viewer, author));
	}

	/** Whether no block hides a member from a viewer. */
	boolean shows(String viewer, String member) {
		return !this.blocks.contains(new Block(viewer, member)) && !this.blocks.contains(new Block(member, viewer));
	}

	List<Runnable> followOrUnfollow(String follower, String followee) {
		Follow follow = new Follow(follower, followee);
		return this.follows.add(follow) ? started(follow) : ended(follow);
	}

	/**
	 * A block ends the follows between its members, each by an event of its own. Every
	 * other block ends none, as if those events never arrived.
	 */
	List<List<Runnable>> blockOrUnblock(String blocker, String blocked) {
		Block block = new Block(blocker, blocked);
		List<List<Runnable>> events = new ArrayList<>();
		boolean starts = this.blocks.add(block) || !this.blocks.remove(block);
		events.add(applied(block, starts));
		if (starts && version(block) % 4 != 1) {
			for (Follow follow : List.of(new Follow(blocker, blocked), new Follow(blocked, blocker))) {
				if (this.follows.contains(follow)) {
					events.add(ended(follow));
				}
			}
		}
		return events;
	}

	private List<Runnable> started(Follow follow) {
		String edge = follow.follower() + ":" + follow.followee();
		long version = raise(follow);
		return List.of(() -> this.feed.follows.upsert(edge, version, follow).block(),
				() -> this.feed.cache.evict(follow.follower()).block());
	}

	private List<Runnable> ended(Follow follow) {
		this.follows.remove(follow);
		String edge = follow.follower() + ":" + follow.followee();
		long version = raise(follow);
		return List.of(() -> this.feed.follows.remove(edge, version).block(),
				() -> this.feed.cache.evict(follow.follower()).block());
	}

	/** The steps of the listener of blocks. */
	private List<Runnable> applied(Block block, boolean starts) {
		long version = raise(block);
		return List.of(
				() -> (starts ? this.feed.blocks.upsert(block, version) : this.feed.blocks.remove(block, version))
					.block(),
				() -> this.feed.hidden.evict(block.blocker()).block(),
				() -> this.feed.hidden.evict(block.blocked()).block(),
				() -> this.feed.cache.evict(block.blocker()).block(),
				() -> this.feed.cache.evict(block.blocked()).block());
	}

	private long raise(Object edge) {
		return this.versions.merge(edge, 1L, Long::sum);
	}

	private long version(Object edge) {
		return this.versions.getOrDefault(edge, 0L);
	}

}
