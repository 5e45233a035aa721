package dev.agora.graph.mutual;

import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.platform.identity.Caller;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.member.MemberProjection;
import dev.agora.platform.web.Consistency;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

/** Lists the members who are friends of the caller and of another member. */
@RestController
public class MutualFriendController {

	private final MutualFriends mutualFriends;

	private final MemberProjection members;

	MutualFriendController(MutualFriends mutualFriends, MemberProjection members) {
		this.mutualFriends = mutualFriends;
		this.members = members;
	}

	@GetMapping("/graph/members/{id}/mutual-friends")
	Mono<Page<MemberCard>> list(Caller caller, @PathVariable String id, PageRequest page, Consistency consistency) {
		return this.members.require(id)
			.flatMap((member) -> this.mutualFriends.list(caller.id(), member.id(), page, consistency));
	}

}
