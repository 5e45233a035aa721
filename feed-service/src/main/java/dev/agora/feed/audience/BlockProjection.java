package dev.agora.feed.audience;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.bson.BsonDocument;
import org.bson.BsonString;
import org.bson.conversions.Bson;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.document.Projection;

/**
 * The active blocks as far as the feed has received their events. Each block is stored
 * for both of its members, since it hides each from the other.
 * <p>
 * Shard key: {@code _id}, by range: the member, the hidden member and the direction of
 * the block. All members whom blocks hide from one are in one range of ids.
 */
public final class BlockProjection {

	private static final int IDS_PER_QUERY = 1000;

	private final Projection<HiddenMember> projection;

	public BlockProjection(DocumentStore store) {
		this.projection = store.projection("blocks", HiddenMember.class);
	}

	/**
	 * Stores that a block started; an older event of the same block changes nothing.
	 */
	public Mono<Void> upsert(Block block, long version) {
		return this.projection.upsert(ofBlocker(block), version, new HiddenMember(block.blocked()))
			.then(this.projection.upsert(ofBlocked(block), version, new HiddenMember(block.blocker())))
			.then();
	}

	/**
	 * Stores that a block ended; its version remains, so that an older event changes
	 * nothing.
	 */
	public Mono<Void> remove(Block block, long version) {
		return this.projection.remove(ofBlocker(block), version)
			.then(this.projection.remove(ofBlocked(block), version))
			.then();
	}

	/**
	 * Whether the projection has these versions of blocks.
	 * @param versions the versions by {@code <blocker>:<blocked>}
	 */
	public Mono<Boolean> hasVersions(Map<String, Long> versions) {
		Map<String, Long> entries = new HashMap<>();
		versions.forEach((id, version) -> {
			entries.put(id + ":blocks", version);
			entries.put(reversed(id) + ":is-blocked", version);
		});
		return this.projection.hasVersions(entries);
	}

	private static String reversed(String id) {
		int separator = id.indexOf(':');
		return id.substring(separator + 1) + ":" + id.substring(0, Math.max(0, separator));
	}

	/** Finds the members whom blocks hide from one. */
	public Mono<HiddenMembers> hiddenFrom(String member) {
		return this.projection.list(blocksOf(member), null, HiddenMembers.MAX_BLOCKS + 1)
			.collectList()
			.map(HiddenMembers::of);
	}

	/** Finds those of some members whom blocks hide from one. */
	public Mono<Set<String>> hiddenAmong(String member, Collection<String> others) {
		return Flux.fromIterable(others)
			.buffer(IDS_PER_QUERY)
			.concatMap((part) -> this.projection.findAll(idsOf(member, part)), 1)
			.map(HiddenMember::id)
			.collect(Collectors.toSet());
	}

	private static String ofBlocker(Block block) {
		return block.blocker() + ":" + block.blocked() + ":blocks";
	}

	private static String ofBlocked(Block block) {
		return block.blocked() + ":" + block.blocker() + ":is-blocked";
	}

	private static List<String> idsOf(String member, List<String> others) {
		return others.stream()
			.flatMap((other) -> Stream.of(ofBlocker(new Block(member, other)), ofBlocked(new Block(other, member))))
			.toList();
	}

	/** Selects the blocks of a member, whose ids are between those of two separators. */
	private static Bson blocksOf(String member) {
		return new BsonDocument("_id",
				new BsonDocument("$gte", new BsonString(member + ":")).append("$lt", new BsonString(member + ";")));
	}

}
