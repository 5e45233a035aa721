package dev.agora.graph.block;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.graph.edge.Block;
import dev.agora.graph.tie.TieCard;
import dev.agora.graph.tie.TieCards;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.problem.NotFound;

/** Starts and lifts blocks of the caller. */
@RestController
@RequestMapping("/graph/blocks/{memberId}")
@ResponseStatus(HttpStatus.NO_CONTENT)
public class BlockController {

	private final Blocks blocks;

	private final MemberProjection members;

	BlockController(Blocks blocks, MemberProjection members) {
		this.blocks = blocks;
		this.members = members;
	}

	@PutMapping
	Mono<Void> block(Caller caller, @PathVariable String memberId) {
		return this.members.requireAccount(caller)
			.zipWhen((blocker) -> requireOther(caller, memberId))
			.flatMap((both) -> this.blocks.block(TieCards.of(both.getT1()), both.getT2()));
	}

	@DeleteMapping
	Mono<Void> unblock(Caller caller, @PathVariable String memberId) {
		return requireOther(caller, memberId).flatMap((blocked) -> this.blocks.unblock(caller.id(), blocked.id()))
			.onErrorResume(NotFound.class, (notFound) -> unblockDeleted(caller, memberId, notFound));
	}

	/** A repeated request succeeds even if the member has deleted their account since. */
	private Mono<Void> unblockDeleted(Caller caller, String memberId, NotFound notFound) {
		return this.blocks.wasBlocked(caller.id(), memberId)
			.flatMap((blocked) -> blocked ? this.blocks.unblock(caller.id(), memberId) : Mono.error(notFound));
	}

	private Mono<TieCard> requireOther(Caller caller, String memberId) {
		Block.requireTwo(caller.id(), memberId);
		return this.members.requireVersion(memberId).map(TieCards::of);
	}

}
