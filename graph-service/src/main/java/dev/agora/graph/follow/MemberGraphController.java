package dev.agora.graph.follow;

import java.util.Optional;

import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.platform.identity.Caller;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.web.Consistency;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

/**
 * Shows the counts and lists of a member's follows. Every level of consistency reads the
 * system of record, since this service keeps no cache of the edges.
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

	/** Takes names from the projection, so that a new name shows in all lists at once. */
	private Mono<Page<MemberCard>> toCards(Page<String> ids) {
		return this.members.list(ids.items()).map((cards) -> new Page<>(cards, ids.next()));
	}

}
