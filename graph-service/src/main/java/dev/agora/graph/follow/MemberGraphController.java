package dev.agora.graph.follow;

import java.util.Optional;

import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.graph.member.MemberCard;
import dev.agora.graph.member.MemberProjection;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.web.Consistency;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

/**
 * Shows a member's neighbours: how many, and who. Every consistency gets the source of
 * truth, since there is no copy of the edges here.
 */
@RestController
@RequestMapping("/graph/members/{id}")
public class MemberGraphController {

	private final Follows follows;

	private final MemberProjection members;

	MemberGraphController(Follows follows, MemberProjection members) {
		this.follows = follows;
		this.members = members;
	}

	@GetMapping
	Mono<MemberGraphView> show(@PathVariable String id, Optional<Caller> caller, Consistency consistency) {
		Mono<Optional<Relation>> relation = Mono.justOrEmpty(caller)
			.flatMap((viewer) -> this.follows.relation(viewer.id(), id))
			.singleOptional();
		return this.members.require(id)
			.then(Mono.defer(() -> Mono.zip(this.follows.counts(id), relation)))
			.map((both) -> MemberGraphView.of(both.getT1(), both.getT2().orElse(null)));
	}

	@GetMapping("/followers")
	Mono<Page<MemberCard>> followers(Caller caller, @PathVariable String id, PageRequest page,
			Consistency consistency) {
		return this.members.require(id)
			.flatMap((member) -> this.follows.followers(member.id(), page))
			.flatMap(this::toCards);
	}

	@GetMapping("/following")
	Mono<Page<MemberCard>> following(Caller caller, @PathVariable String id, PageRequest page,
			Consistency consistency) {
		return this.members.require(id)
			.flatMap((member) -> this.follows.following(member.id(), page))
			.flatMap(this::toCards);
	}

	@GetMapping("/friends")
	Mono<Page<MemberCard>> friends(Caller caller, @PathVariable String id, PageRequest page, Consistency consistency) {
		return this.members.require(id)
			.flatMap((member) -> this.follows.friends(member.id(), page))
			.flatMap(this::toCards);
	}

	/** Names come from the copies, so that a new name shows everywhere at once. */
	private Mono<Page<MemberCard>> toCards(Page<String> ids) {
		return this.members.cards(ids.items()).map((cards) -> new Page<>(cards, ids.next()));
	}

}
