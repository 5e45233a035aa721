package dev.agora.graph.path;

import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.platform.identity.Caller;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.problem.NotFound;
import dev.agora.platform.web.Consistency;

/** Shows a shortest path from the caller to another member. */
@RestController
public class PathController {

	private final Paths paths;

	private final MemberProjection members;

	PathController(Paths paths, MemberProjection members) {
		this.paths = paths;
		this.members = members;
	}

	@GetMapping("/graph/members/{id}/path")
	Mono<PathView> show(Caller caller, @PathVariable String id, Consistency consistency) {
		return this.members.requireAccount(caller)
			.then(this.members.require(id))
			.flatMap((member) -> this.paths.find(caller.id(), member.id(), consistency))
			.map(PathView::of)
			.switchIfEmpty(Mono.error(() -> new NotFound(
					"No path of at most " + PathSearch.MAX_LENGTH + " follows leads to member " + id + ".")));
	}

}
