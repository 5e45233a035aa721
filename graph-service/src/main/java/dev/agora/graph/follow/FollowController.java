package dev.agora.graph.follow;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.graph.edge.Follow;
import dev.agora.graph.tie.TieCard;
import dev.agora.graph.tie.TieCards;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.problem.NotFound;

/** Starts and ends follows of the caller. */
@RestController
@RequestMapping("/graph/following/{memberId}")
@ResponseStatus(HttpStatus.NO_CONTENT)
public class FollowController {

	private final Follows follows;

	private final MemberProjection members;

	FollowController(Follows follows, MemberProjection members) {
		this.follows = follows;
		this.members = members;
	}

	@PutMapping
	Mono<Void> follow(Caller caller, @PathVariable String memberId) {
		return this.members.requireAccount(caller)
			.zipWhen((follower) -> requireOther(caller, memberId))
			.flatMap((both) -> this.follows.follow(TieCards.of(both.getT1()), both.getT2()));
	}

	@DeleteMapping
	Mono<Void> unfollow(Caller caller, @PathVariable String memberId) {
		return requireOther(caller, memberId).flatMap((followee) -> this.follows.unfollow(caller.id(), followee.id()))
			.onErrorResume(NotFound.class, (notFound) -> endFollowOfDeleted(caller, memberId, notFound));
	}

	/**
	 * A repeated unfollow succeeds even if the followee has deleted their account since.
	 */
	private Mono<Void> endFollowOfDeleted(Caller caller, String memberId, NotFound notFound) {
		return this.follows.wasFollowed(caller.id(), memberId)
			.flatMap((followed) -> followed ? this.follows.unfollow(caller.id(), memberId) : Mono.error(notFound));
	}

	private Mono<TieCard> requireOther(Caller caller, String memberId) {
		Follow.requireTwo(caller.id(), memberId);
		return this.members.requireVersion(memberId).map(TieCards::of);
	}

}
