package dev.agora.session.member;

import reactor.core.publisher.Mono;

import dev.agora.platform.cache.ObjectCache;
import dev.agora.platform.cache.ObjectCaches;
import dev.agora.platform.cache.Versioned;
import dev.agora.platform.document.Stored;

/** The profiles of members in Redis, {@code session:member:v1:{<id>}}. */
public final class MemberCache {

	/** Above any version: an id is never given again. */
	private static final long GONE = Long.MAX_VALUE;

	private final ObjectCache<Profile> cache;

	private final Members members;

	public MemberCache(ObjectCaches caches, Members members) {
		this.cache = caches.of("session", "member", 1, Profile.class);
		this.members = members;
	}

	/** A member by id, perhaps a little old; empty where there is none. */
	public Mono<Profile> find(String id) {
		return this.cache.get(id, this::load);
	}

	/**
	 * Stores what was just written. Completes also where Redis is away: what it was not
	 * told is told again later.
	 */
	public Mono<Profile> put(Stored<Member> member) {
		Profile profile = Profile.of(member);
		return this.cache.put(member.id(), member.version(), profile).thenReturn(profile);
	}

	/**
	 * Stores that a member is gone. Completes also where Redis is away, like every write.
	 */
	public Mono<Void> remove(String id) {
		return this.cache.remove(id, GONE).then();
	}

	/** Drops what is older than a version of which an event tells. */
	public Mono<Void> invalidate(String id, long version) {
		return this.cache.invalidate(id, version).then();
	}

	private Mono<Versioned<Profile>> load(String id) {
		return this.members.find(id).map((member) -> new Versioned<>(member.version(), Profile.of(member)));
	}

}
