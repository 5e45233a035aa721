package dev.agora.graph.follow;

import java.util.List;
import java.util.Optional;

import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.graph.count.MemberGraph;
import dev.agora.graph.count.MemberGraphs;
import dev.agora.graph.tie.TieKind;
import dev.agora.graph.tie.Ties;
import dev.agora.platform.identity.Caller;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.web.Consistency;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

/**
 * Shows the counts and lists of a member. Every level of consistency reads the database,
 * where a writer has updated them before its response.
 */
@RestController
@RequestMapping("/graph/members/{id}")
public class MemberGraphController {

	private final MemberProjection members;

	private final MemberGraphs graphs;

	private final Ties ties;

	private final VisibleTies lists;

	MemberGraphController(MemberProjection members, MemberGraphs graphs, Ties ties, VisibleTies lists) {
		this.members = members;
		this.graphs = graphs;
		this.ties = ties;
		this.lists = lists;
	}

	@GetMapping
	Mono<MemberGraphView> show(@PathVariable String id, Optional<Caller> caller, Consistency consistency) {
		return this.members.require(id)
			.then(Mono.defer(() -> Mono.zip(graph(id), relation(caller, id))))
			.map((both) -> MemberGraphView.of(both.getT1(), both.getT2().orElse(null)));
	}

	@GetMapping("/followers")
	Mono<Page<MemberCard>> followers(Caller caller, @PathVariable String id, PageRequest page,
			Consistency consistency) {
		return list(caller, id, TieKind.FOLLOWERS, page);
	}

	@GetMapping("/following")
	Mono<Page<MemberCard>> following(Caller caller, @PathVariable String id, PageRequest page,
			Consistency consistency) {
		return list(caller, id, TieKind.FOLLOWING, page);
	}

	@GetMapping("/friends")
	Mono<Page<MemberCard>> friends(Caller caller, @PathVariable String id, PageRequest page, Consistency consistency) {
		return list(caller, id, TieKind.FRIENDS, page);
	}

	private Mono<Page<MemberCard>> list(Caller caller, String id, TieKind kind, PageRequest page) {
		return this.members.require(id).flatMap((member) -> this.lists.list(caller.id(), member.id(), kind, page));
	}

	private Mono<MemberGraph> graph(String id) {
		return this.graphs.find(id).defaultIfEmpty(MemberGraph.empty(id));
	}

	private Mono<Optional<Relation>> relation(Optional<Caller> caller, String id) {
		return Mono.justOrEmpty(caller)
			.flatMap((viewer) -> this.ties.find(viewer.id(), List.of(id))
				.next()
				.map(Relation::of)
				.defaultIfEmpty(Relation.NONE))
			.singleOptional();
	}

}
