package dev.agora.session.operator;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Stored;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.Unavailable;
import dev.agora.session.member.Member;
import dev.agora.session.member.MemberCache;
import dev.agora.session.member.Members;
import dev.agora.session.member.Profile;
import dev.agora.session.session.SessionCache;

/**
 * Grants and revokes the rights of operators. Both write the member first and then the
 * member's sessions, so that a new identity has the change within a second. Both may be
 * repeated, also if nothing is left to change: that completes an interrupted call.
 */
public final class Operators {

	private static final Logger log = LoggerFactory.getLogger(Operators.class);

	private final Members members;

	private final MemberCache cache;

	private final SessionCache sessions;

	public Operators(Members members, MemberCache cache, SessionCache sessions) {
		this.members = members;
		this.cache = cache;
		this.sessions = sessions;
	}

	/**
	 * Makes the member with a handle an operator.
	 * @throws NotFound if there is no such member
	 * @throws Unavailable if a store is unavailable; the member may have been changed
	 */
	Mono<Profile> grant(String handle) {
		return requireMember(handle).flatMap((member) -> this.members.grantOperator(member.id()))
			.flatMap(this::publish)
			.doOnNext((member) -> log.info("{} ({}) is an operator", member.handle(), member.id()));
	}

	/**
	 * Ends the rights of the member with a handle.
	 * @throws NotFound if there is no such member
	 * @throws Unavailable if a store is unavailable; the member may have been changed
	 */
	Mono<Profile> revoke(String handle) {
		return requireMember(handle).flatMap((member) -> this.members.revokeOperator(member.id()))
			.flatMap(this::publish)
			.doOnNext((member) -> log.info("{} ({}) is no operator", member.handle(), member.id()));
	}

	/** Lists the operators, the newest first. */
	Flux<Profile> list() {
		return this.members.listOperators().map(Profile::of);
	}

	private Mono<Stored<Member>> requireMember(String handle) {
		return this.members.findByHandle(handle)
			.switchIfEmpty(Mono.error(() -> new NotFound("There is no member with the handle " + handle + ".")));
	}

	private Mono<Profile> publish(Stored<Member> member) {
		return this.cache.put(member).flatMap((profile) -> this.sessions.changeMember(profile).thenReturn(profile));
	}

}
