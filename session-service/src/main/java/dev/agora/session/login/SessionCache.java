package dev.agora.session.login;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.cache.ObjectCache;
import dev.agora.platform.cache.ObjectCaches;
import dev.agora.platform.cache.Versioned;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.problem.Unavailable;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;
import dev.agora.session.member.Card;
import dev.agora.session.member.Profile;

/**
 * The open sessions, in Redis under {@code session:session:v1:{<hash of the token>}} and
 * durable in {@link Sessions}: without Redis all goes on, only slower.
 */
public final class SessionCache {

	/** Above the version of any use, so that nothing brings an ended session back. */
	private static final long ENDED = Long.MAX_VALUE;

	private final ObjectCache<Session> cache;

	private final Sessions sessions;

	private final IdGenerator ids;

	private final LoginSettings settings;

	private final Clock clock;

	public SessionCache(ObjectCaches caches, Sessions sessions, IdGenerator ids, LoginSettings settings, Clock clock) {
		this.cache = caches.of("session", "session", 1, Session.class);
		this.sessions = sessions;
		this.ids = ids;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Opens a session, and drops those that the member left to expire.
	 * @param token the token that will stand for it
	 * @param member who logged in
	 * @param device what their client calls itself
	 */
	Mono<Session> open(Token token, Profile member, @Nullable String device) {
		Instant now = now();
		Instant end = now.plus(this.settings.absoluteLifetime());
		Session session = new Session(this.ids.next(), Card.of(member), member.version(), device, now, now, end, end)
			.touched(now, this.settings.idleLifetime());
		return this.sessions.dropExpired(member.id(), now)
			.then(this.sessions.open(token.hash(), session))
			.then(put(token.hash(), session));
	}

	/** The open session of a token; empty where there is none, or none any more. */
	Mono<Session> find(Token token) {
		String hash = token.hash();
		return this.cache.get(hash, this::load)
			.filter((session) -> session.isOpenAt(now()))
			.flatMap((session) -> touch(hash, session));
	}

	/** A part of a member's open sessions, the newest first. */
	Mono<Page<Session>> list(String memberId, PageRequest request) {
		return this.sessions.list(memberId, now(), request);
	}

	/**
	 * Ends a session, here and for every clone.
	 * @param memberId whose it must be
	 * @param id the session's id
	 * @return whether the member had such a session
	 */
	Mono<Boolean> end(String memberId, String id) {
		return this.sessions.hashOf(memberId, id)
			.flatMap((hash) -> endBatch(List.of(hash)).thenReturn(true))
			.defaultIfEmpty(false);
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

	/** Ends all sessions of a member who left. */
	public Mono<Void> endAll(String memberId) {
		return this.sessions.others(memberId, "").concatMapDelayError(this::endBatch).then();
	}

	/**
	 * Makes a member's sessions, and who they say the member is, those of a newer
	 * version.
	 */
	public Mono<Void> rename(Profile member) {
		return this.sessions.rename(member).concatMap((entry) -> put(entry.tokenHash(), entry.session())).then();
	}

	/**
	 * The cache is told first: who is interrupted in between finds the session to end it
	 * again, while one that only the cache still had could no longer be ended.
	 */
	private Mono<Void> endBatch(List<String> hashes) {
		return Flux.fromIterable(hashes)
			.flatMap((hash) -> this.cache.remove(hash, ENDED))
			.then(this.sessions.endAll(hashes));
	}

	/**
	 * Notes the use, once a minute at most. Where it can't be noted the session is good
	 * all the same: at worst it ends a little earlier than it should. One that the store
	 * has no more was ended, whatever the cache says.
	 */
	private Mono<Session> touch(String hash, Session session) {
		Instant now = now();
		if (!session.isTouchDue(now, this.settings.touchInterval())) {
			return Mono.just(session);
		}
		Session touched = session.touched(now, this.settings.idleLifetime());
		return this.sessions.touch(hash, touched)
			.flatMap((open) -> open ? put(hash, touched) : this.cache.remove(hash, ENDED).then(Mono.empty()))
			.onErrorResume(Unavailable.class, (away) -> Mono.just(session));
	}

	private Mono<Session> put(String hash, Session session) {
		return this.cache.put(hash, session.seenAt().toEpochMilli(), session).thenReturn(session);
	}

	private Mono<Versioned<Session>> load(String hash) {
		return this.sessions.find(hash).map((session) -> new Versioned<>(session.seenAt().toEpochMilli(), session));
	}

	private Instant now() {
		return this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
	}

}
