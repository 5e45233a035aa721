package dev.agora.feed.audience;

import java.time.Duration;

import reactor.core.publisher.Mono;

import dev.agora.platform.cache.ObjectCache;
import dev.agora.platform.cache.ObjectCaches;
import dev.agora.platform.cache.Versioned;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.redis.RedisFailure;

/**
 * Caches the members whom blocks hide from a member in Redis, under
 * {@code feed:hidden:v1:{<member>}}. Most members have no block, and their empty set is
 * cached as well.
 */
public final class HiddenMembersCache {

	/** The sets have no version: each event of a block evicts those of both members. */
	private static final long UNVERSIONED = 1;

	private final ObjectCache<HiddenMembers> cache;

	private final BlockProjection blocks;

	public HiddenMembersCache(ObjectCaches caches, BlockProjection blocks) {
		this.cache = caches.of("feed", "hidden", 1, HiddenMembers.class);
		this.blocks = blocks;
	}

	/** Finds the members whom blocks hide from one. */
	Mono<HiddenMembers> hiddenFrom(String member) {
		return this.cache.get(member,
				(missing) -> this.blocks.hiddenFrom(missing).map((hidden) -> new Versioned<>(UNVERSIONED, hidden)));
	}

	/**
	 * Evicts the set of a member, after a block of the member was stored.
	 * @throws Unavailable if Redis is unavailable or refuses the eviction: a set that
	 * survives would lack the block
	 */
	public Mono<Void> evict(String member) {
		return this.cache.evict(member)
			.onErrorMap(RedisFailure.class,
					(failure) -> new Unavailable("Blocks are unavailable.", Duration.ofSeconds(1)));
	}

}
