package dev.agora.graph.tie;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The relation of a member to another, from the side of the first. Each edge is taken
 * over by its version, so that repeated and reordered changes have no effect.
 *
 * @param owner the id of the member whose tie it is
 * @param other the id of the other member
 * @param sources the edges between both
 * @param card the other member's card, null if it is not known
 * @param counted what the counts of the owner have of this tie
 * @param revision raised by each write, 0 for a tie that is not stored
 * @param isWaiting whether a state of this tie was stored that the counts never had. A
 * reader may have seen that state, so this tie waits to be counted even if it is in the
 * same lists again.
 */
public record Tie(String owner, String other, Map<TieSide, TieSource> sources, @Nullable TieCard card, TieCount counted,
		long revision, boolean isWaiting) {

	/** Returns the id of the tie of an owner to another member. */
	public static String id(String owner, String other) {
		return owner + ":" + other;
	}

	/** Returns the id of the tie that a change concerns. */
	public static String id(TieChange change) {
		return id(change.owner(), change.other());
	}

	/** The tie of two members without an edge. */
	public static Tie none(String owner, String other) {
		return new Tie(owner, other, Map.of(), null, TieCount.NONE, 0, false);
	}

	/** Returns this tie with a newer state of an edge, or this one if it has that. */
	public Tie apply(TieChange change) {
		Tie named = withCard(change.card());
		return (change.source().version() > source(change.side()).version())
				? named.withSource(change.side(), change.source()) : named;
	}

	private Tie withCard(@Nullable TieCard newer) {
		return (newer != null && (this.card == null || newer.version() > this.card.version()))
				? new Tie(this.owner, this.other, this.sources, newer, this.counted, this.revision, this.isWaiting)
				: this;
	}

	private Tie withSource(TieSide side, TieSource source) {
		Map<TieSide, TieSource> next = new EnumMap<>(TieSide.class);
		next.putAll(this.sources);
		next.put(side, source);
		return new Tie(this.owner, this.other, Map.copyOf(next), this.card, this.counted, this.revision,
				this.isWaiting);
	}

	/**
	 * Returns this tie with what the counts of the owner have of it, if that is later. It
	 * waits no longer if they have the state that is stored.
	 */
	public Tie withCount(TieCount count) {
		TieCount latest = this.counted.latest(count);
		return latest.equals(this.counted) ? this : new Tie(this.owner, this.other, this.sources, this.card, latest,
				this.revision, this.isWaiting && latest.revision() != this.revision);
	}

	/** Returns this tie as it is stored next. */
	public Tie next() {
		return new Tie(this.owner, this.other, this.sources, this.card, this.counted, this.revision + 1,
				this.isWaiting);
	}

	/** Whether an edge is active. */
	public boolean is(TieSide side) {
		return source(side).active();
	}

	/** Whether the two do not see each other. */
	public boolean isHidden() {
		return is(TieSide.BLOCKING) || is(TieSide.BLOCKED_BY);
	}

	/**
	 * Whether the owner and the other follow each other. A block ends both follows; until
	 * this tie has their ends, the block alone ends the friendship.
	 */
	public boolean isFriend() {
		return is(TieSide.FOLLOWING) && is(TieSide.FOLLOWED_BY) && !isHidden();
	}

	/** Whether the counts of the owner have this tie as it is. */
	public boolean isCounted() {
		return !this.isWaiting && kinds().equals(this.counted.kinds());
	}

	/** The lists of the owner that the other member is in. */
	public Set<TieKind> kinds() {
		Set<TieKind> kinds = EnumSet.noneOf(TieKind.class);
		if (is(TieSide.FOLLOWED_BY)) {
			kinds.add(TieKind.FOLLOWERS);
		}
		if (is(TieSide.FOLLOWING)) {
			kinds.add(TieKind.FOLLOWING);
		}
		if (isFriend()) {
			kinds.add(TieKind.FRIENDS);
		}
		return kinds;
	}

	/** Whether this tie has a state of an edge or a later one. */
	public boolean has(TieSide side, long version) {
		return source(side).version() >= version;
	}

	TieSource source(TieSide side) {
		return this.sources.getOrDefault(side, TieSource.NONE);
	}

}
