package dev.agora.graph.count;

import java.util.List;
import java.util.Map;

import dev.agora.graph.edge.Block;
import dev.agora.graph.edge.Follow;
import dev.agora.graph.tie.TieCard;
import dev.agora.graph.tie.TieChange;
import dev.agora.graph.tie.TieSide;
import dev.agora.graph.tie.TieSource;
import dev.agora.platform.document.Stored;

/** Converts the state of an edge to the changes of its two ties. */
public final class EdgeTies {

	private EdgeTies() {
	}

	/**
	 * Returns the changes of the ties of a follow.
	 * @param cards the known cards of its members by id
	 */
	public static List<TieChange> ofFollow(Stored<Follow> edge, Map<String, TieCard> cards) {
		Follow follow = edge.value();
		TieSource source = new TieSource(edge.version(), follow.active());
		return List.of(
				new TieChange(follow.follower(), follow.followee(), TieSide.FOLLOWING, source,
						cards.get(follow.followee())),
				new TieChange(follow.followee(), follow.follower(), TieSide.FOLLOWED_BY, source,
						cards.get(follow.follower())));
	}

	/** Returns the changes of the ties of a block. */
	public static List<TieChange> ofBlock(Stored<Block> edge, Map<String, TieCard> cards) {
		Block block = edge.value();
		TieSource source = new TieSource(edge.version(), block.active());
		return List.of(
				new TieChange(block.blocker(), block.blocked(), TieSide.BLOCKING, source, cards.get(block.blocked())),
				new TieChange(block.blocked(), block.blocker(), TieSide.BLOCKED_BY, source,
						cards.get(block.blocker())));
	}

}
