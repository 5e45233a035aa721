package dev.agora.graph.mutual;

import reactor.core.publisher.Mono;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import dev.agora.platform.identity.Caller;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.web.Consistency;
import dev.agora.platform.web.Page;
import dev.agora.platform.web.PageRequest;

/** Lists the members who are friends of the caller and of another member. */
@RestController
public class MutualFriendController {

	private final MutualFriends mutualFriends;

	MutualFriendController(MutualFriends mutualFriends) {
		this.mutualFriends = mutualFriends;
	}

	@GetMapping("/graph/members/{id}/mutual-friends")
	Mono<Page<MemberCard>> list(Caller caller, @PathVariable String id, PageRequest page, Consistency consistency) {
		return (consistency == Consistency.STRONG) ? this.mutualFriends.listUncached(caller.id(), id, page)
				: this.mutualFriends.list(caller.id(), id, page);
	}

}
