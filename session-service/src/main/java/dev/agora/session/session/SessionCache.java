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
import dev.agora.session.member.Card;
import dev.agora.session.member.Profile;

/**
 * The open sessions, in Redis under {@code session:session:v2:{<hash of the token>}} and
 * durable in {@link Sessions}: without Redis all goes on, only slower. What ends or
 * changes a session tells the gateways, once everybody who asks is answered so.
 */
public final class SessionCache {

	/** Above the version of any use, so that nothing brings an ended session back. */
	private static final long ENDED = Long.MAX_VALUE;

	/** Room for the time of the last use in ms, until the year 2248. */
	private static final int TIME_BITS = 43;

	/** What the rest has room for; reached in twelve years of nothing but new names. */
	private static final long LAST_MEMBER_VERSION = Long.MAX_VALUE >> TIME_BITS;

	private final ObjectCache<Session> cache;

	private final Sessions sessions;

	private final KnownAddresses addresses;

	private final RevocationPublisher revocations;

	private final SessionExpiry lifetimes;

	public SessionCache(ObjectCaches caches, Sessions sessions, KnownAddresses addresses,
			RevocationPublisher revocations, SessionExpiry lifetimes) {
		this.cache = caches.of("session", "session", 2, Session.class);
		this.sessions = sessions;
		this.addresses = addresses;
		this.revocations = revocations;
		this.lifetimes = lifetimes;
	}

	/**
	 * Opens a session.
	 * @param token the token that will stand for it
	 * @param member who logged in
	 * @param device what their client calls itself
	 * @param address where they are
	 */
	public Mono<Session> open(Token token, Profile member, @Nullable String device, @Nullable String address) {
		Session session = this.lifetimes.begin(member, device, address);
		return this.sessions.open(token.hash(), session).then(put(token.hash(), session));
	}

	/** The open session of a token; empty where there is none, or none any more. */
	public Mono<Session> find(Token token) {
		String hash = token.hash();
		return this.cache.get(hash, this::load)
			.filter(this.lifetimes::isOpen)
			.flatMap((session) -> touch(hash, session));
	}

	/** A part of a member's open sessions, the newest first. */
	Mono<Page<Session>> list(String memberId, PageRequest request) {
		return this.sessions.list(memberId, this.lifetimes.now(), request);
	}

	/**
	 * Ends a session, here and for every clone. It is kept first that the member ends it,
	 * so that a repeated request is answered as this one.
	 * @param memberId whose it must be
	 * @param id the session's id
	 * @return whether the member had such a session, now or when they ended it before
	 */
	Mono<Boolean> end(String memberId, String id) {
		return this.sessions.hashOf(memberId, id)
			.flatMap((hash) -> this.sessions.ended().add(memberId, id).then(endBatch(List.of(hash))).thenReturn(true))
			.switchIfEmpty(Mono.defer(() -> this.sessions.ended().contains(memberId, id)));
	}

	/**
	 * Ends all of a member's sessions. The current one goes last, so that who is
	 * interrupted can ask again.
	 * @param memberId whose sessions
	 * @param currentId the session through which this is asked
	 */
	Mono<Void> endAll(String memberId, String currentId) {
		return this.sessions.others(memberId, currentId)
			.concatMapDelayError(this::endBatch)
			.then(end(memberId, currentId))
			.then();
	}

	/**
	 * Ends all sessions of a member who is gone, and forgets from where they logged in.
	 * To be called once they cannot log in any more; calling it again does no harm.
	 * @param memberId whose sessions
	 * @return when every clone refuses them; gateways do within a second
	 */
	public Mono<Void> endAll(String memberId) {
		return this.sessions.all(memberId).concatMapDelayError(this::endBatch).then(this.addresses.forget(memberId));
	}

	/**
	 * Lets all sessions of a member bear what the member is now, unless they bear
	 * something newer. To be called once the change is written; calling it again does no
	 * harm.
	 * @param member the member after the change
	 * @return when whoever asks is given the new; gateways do ask within a second
	 */
	public Mono<Void> rename(Profile member) {
		return this.sessions.rename(Card.of(member), member.version()).concatMapDelayError(this::changeBatch).then();
	}

	/**
	 * The cache is told first: who is interrupted in between finds the session to end it
	 * again, while one that only the cache still had could no longer be ended.
	 */
	private Mono<Void> endBatch(List<String> hashes) {
		return Flux.fromIterable(hashes)
			.flatMap((hash) -> this.cache.remove(hash, ENDED))
			.then(this.sessions.endAll(hashes))
			.then(this.revocations.publishEnded(hashes));
	}

	private Mono<Void> changeBatch(List<Sessions.Entry> changed) {
		return Flux.fromIterable(changed)
			.flatMap((entry) -> put(entry.tokenHash(), entry.session()))
			.then(this.revocations.publishChanged(changed.stream().map(Sessions.Entry::tokenHash).toList()));
	}

	/**
	 * Notes the use, once a minute at most. Where it can't be noted the session is good
	 * all the same: at worst it ends a little earlier than it should. One that the store
	 * has no more was ended, whatever the cache says.
	 */
	private Mono<Session> touch(String hash, Session session) {
		if (!this.lifetimes.isTouchDue(session)) {
			return Mono.just(session);
		}
		Session touched = this.lifetimes.touched(session);
		return this.sessions.touch(hash, touched)
			.flatMap((open) -> open ? put(hash, touched) : this.cache.remove(hash, ENDED).then(Mono.empty()))
			.onErrorResume(Unavailable.class, (away) -> Mono.just(session));
	}

	private Mono<Session> put(String hash, Session session) {
		return this.cache.put(hash, version(session), session).thenReturn(session);
	}

	private Mono<Versioned<Session>> load(String hash) {
		return this.sessions.find(hash).map((session) -> new Versioned<>(version(session), session));
	}

	/** A use never brings back what the member was before: their version goes first. */
	private static long version(Session session) {
		long memberVersion = Math.min(session.memberVersion(), LAST_MEMBER_VERSION);
		return (memberVersion << TIME_BITS) + session.seenAt().toEpochMilli();
	}

}
