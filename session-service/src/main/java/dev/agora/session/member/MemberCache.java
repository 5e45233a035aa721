package dev.agora.session.member;

import reactor.core.publisher.Mono;

import dev.agora.platform.cache.ObjectCache;
import dev.agora.platform.cache.ObjectCaches;
import dev.agora.platform.cache.Versioned;
import dev.agora.platform.document.Stored;

/** Caches the profiles of members in Redis, as {@code session:member:v2:{<id>}}. */
public final class MemberCache {

	/** Higher than any version, since an id is never used again. */
	private static final long DELETED_VERSION = Long.MAX_VALUE;

	private final ObjectCache<Profile> cache;

	private final Members members;

	public MemberCache(ObjectCaches caches, Members members) {
		this.cache = caches.of("session", "member", 2, Profile.class);
		this.members = members;
	}

	/** Finds a member by id, perhaps a slightly outdated one. */
	public Mono<Profile> find(String id) {
		return this.cache.get(id, this::load);
	}

	/**
	 * Caches a member who was just written. If Redis is unavailable, this completes and
	 * the write is repeated later.
	 */
	public Mono<Profile> put(Stored<Member> member) {
		Profile profile = Profile.of(member);
		return this.cache.put(member.id(), member.version(), profile).thenReturn(profile);
	}

	/**
	 * Caches that a member is deleted. If Redis is unavailable, this completes and the
	 * write is repeated later.
	 */
	public Mono<Void> remove(String id) {
		return this.cache.remove(id, DELETED_VERSION).then();
	}

	/**
	 * Evicts an entry that is older than the version of an event. If Redis is
	 * unavailable, this fails, so that the event is delivered again.
	 */
	public Mono<Void> invalidate(String id, long version) {
		return this.cache.invalidate(id, version).then();
	}

	private Mono<Versioned<Profile>> load(String id) {
		return this.members.find(id).map((member) -> new Versioned<>(member.version(), Profile.of(member)));
	}

}
