package dev.agora.graph.follow;

import java.util.List;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.graph.member.MemberCard;
import dev.agora.graph.member.MemberProjection;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.Unauthenticated;

/** Follows and unfollows. */
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
		return requireThere(caller).then(requireOther(caller, memberId))
			.flatMap((followee) -> this.follows.follow(caller.id(), followee.id()))
			.then();
	}

	@DeleteMapping
	Mono<Void> unfollow(Caller caller, @PathVariable String memberId) {
		return requireOther(caller, memberId).flatMap((followee) -> this.follows.unfollow(caller.id(), followee.id()))
			.onErrorResume(NotFound.class, (gone) -> requireFollowed(caller, memberId, gone));
	}

	/** Whoever left after they were unfollowed does not make a repeat fail. */
	private Mono<Void> requireFollowed(Caller caller, String memberId, NotFound gone) {
		return this.follows.wasFollowed(caller.id(), memberId)
			.flatMap((followed) -> followed ? this.follows.unfollow(caller.id(), memberId) : Mono.error(gone));
	}

	private Mono<Void> requireThere(Caller caller) {
		return this.members.isAnyGone(List.of(caller.id()))
			.filter(Boolean::booleanValue)
			.flatMap((gone) -> Mono.error(Unauthenticated.accountDeleted()));
	}

	private Mono<MemberCard> requireOther(Caller caller, String memberId) {
		Follow.requireTwo(caller.id(), memberId);
		return this.members.require(memberId);
	}

}
