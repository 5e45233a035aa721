package dev.agora.session.session;

import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.cache.ObjectCache;
import dev.agora.platform.cache.ObjectCaches;
import dev.agora.platform.cache.Versioned;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;
import dev.agora.session.member.Profile;

/**
 * Caches open sessions in Redis, as {@code session:session:v3:{<hash of the token>}};
 * {@link Sessions} has the durable copies. Each end or change of a session is published
 * to the gateways once every instance of this service reads the new state.
 */
public final class SessionCache {

	/** Higher than the version of any use, so that no use revives an ended session. */
	private static final long ENDED_VERSION = Long.MAX_VALUE;

	/** The bits for the time of the last use in ms, sufficient until the year 2248. */
	private static final int TIME_BITS = 43;

	/**
	 * The highest member version in the remaining bits: a million changes of the name.
	 */
	private static final long LAST_MEMBER_VERSION = Long.MAX_VALUE >> TIME_BITS;

	private final ObjectCache<Session> cache;

	private final Sessions sessions;

	private final KnownAddresses addresses;

	private final RevocationPublisher revocations;

	private final SessionExpiry expiry;

	public SessionCache(ObjectCaches caches, Sessions sessions, KnownAddresses addresses,
			RevocationPublisher revocations, SessionExpiry expiry) {
		this.cache = caches.of("session", "session", 3, Session.class);
		this.sessions = sessions;
		this.addresses = addresses;
		this.revocations = revocations;
		this.expiry = expiry;
	}

	/**
	 * Opens a session.
	 * @param token the token of the session
	 * @param member the member who logged in
	 * @param device the name that the client gave itself
	 * @param address the address of the client
	 */
	public Mono<Session> open(Token token, Profile member, @Nullable String device, @Nullable String address) {
		Session session = this.expiry.newSession(member, device, address);
		return this.sessions.open(token.hash(), session).then(put(token.hash(), session));
	}

	/** Finds the open session of a token, and records its use. */
	public Mono<Session> find(Token token) {
		String hash = token.hash();
		return this.cache.get(hash, this::load).filter(this.expiry::isOpen).flatMap((session) -> touch(hash, session));
	}

	/** Lists a page of a member's open sessions, the newest first. */
	Mono<Page<Session>> list(String memberId, PageRequest request) {
		return this.sessions.list(memberId, this.expiry.now(), request);
	}

	/**
	 * Ends a session of a member. The end is recorded first, so that a repeated request
	 * gets the same response.
	 * @param memberId the id of the member
	 * @param id the session's id
	 * @return whether the member has such a session or ended it lately
	 */
	Mono<Boolean> end(String memberId, String id) {
		return this.sessions.findHash(memberId, id)
			.flatMap((hash) -> this.sessions.ended().add(memberId, id).then(endBatch(List.of(hash))).thenReturn(true))
			.switchIfEmpty(Mono.defer(() -> this.sessions.ended().contains(memberId, id)));
	}

	/**
	 * Ends all sessions of a member, the current one last, so that the member can repeat
	 * an interrupted request.
	 * @param memberId the id of the member
	 * @param currentId the session of this request
	 */
	Mono<Void> endAll(String memberId, String currentId) {
		return this.sessions.listHashesExcept(memberId, currentId)
			.concatMapDelayError(this::endBatch)
			.then(end(memberId, currentId))
			.then();
	}

	/**
	 * Ends all sessions of a deleted member, and deletes the networks from which they
	 * logged in. It is called once the member cannot log in any more, and may be
	 * repeated.
	 * @param memberId the id of the member
	 * @return completes when every instance of this service refuses the sessions;
	 * gateways do within a second
	 */
	public Mono<Void> endAll(String memberId) {
		return this.sessions.listHashes(memberId)
			.concatMapDelayError(this::endBatch)
			.then(this.addresses.deleteAll(memberId));
	}

	/**
	 * Writes a changed member into all their sessions, unless these have a newer version.
	 * It is called once the member is written, and may be repeated.
	 * @param member the member after the change
	 * @return completes when new identities have the change; gateways request them within
	 * a second
	 */
	public Mono<Void> changeMember(Profile member) {
		return this.sessions.changeMember(member).concatMapDelayError(this::changeBatch).then();
	}

	/**
	 * Sessions are evicted before they are deleted: if a request is interrupted in
	 * between, the member can still list and end them. A session that existed only in the
	 * cache could not be ended.
	 */
	private Mono<Void> endBatch(List<String> hashes) {
		return Flux.fromIterable(hashes)
			.flatMap((hash) -> this.cache.remove(hash, ENDED_VERSION))
			.then(this.sessions.deleteAll(hashes))
			.then(this.revocations.publishEnded(hashes));
	}

	private Mono<Void> changeBatch(List<Sessions.Entry> changed) {
		return Flux.fromIterable(changed)
			.flatMap((entry) -> put(entry.tokenHash(), entry.session()))
			.then(this.revocations.publishChanged(changed.stream().map(Sessions.Entry::tokenHash).toList()));
	}

	/**
	 * Records a use, at most once a minute. If that fails, the session stays valid and
	 * may only end a little too early. A session that is missing in the store has ended,
	 * even if the cache still has it.
	 */
	private Mono<Session> touch(String hash, Session session) {
		if (!this.expiry.isTouchDue(session)) {
			return Mono.just(session);
		}
		Session touched = this.expiry.touched(session);
		return this.sessions.touch(hash, touched)
			.flatMap((open) -> open ? put(hash, touched) : this.cache.remove(hash, ENDED_VERSION).then(Mono.empty()))
			.onErrorResume(Unavailable.class, (unavailable) -> Mono.just(session));
	}

	private Mono<Session> put(String hash, Session session) {
		return this.cache.put(hash, version(session), session).thenReturn(session);
	}

	private Mono<Versioned<Session>> load(String hash) {
		return this.sessions.find(hash).map((session) -> new Versioned<>(version(session), session));
	}

	/** The member's version counts more than the use, so that no use undoes a change. */
	private static long version(Session session) {
		long memberVersion = Math.min(session.memberVersion(), LAST_MEMBER_VERSION);
		return (memberVersion << TIME_BITS) + session.seenAt().toEpochMilli();
	}

}
