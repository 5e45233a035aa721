package dev.agora.feed.activity;

import reactor.core.publisher.Mono;

import dev.agora.platform.document.Projected;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.member.MemberProjection;

/** Finds the authors of the activities that events cause. */
public final class Authors {

	private final MemberProjection members;

	public Authors(MemberProjection members) {
		this.members = members;
	}

	/**
	 * Finds the newest known name of a member; empty if the member was deleted.
	 * @param member a version of the member
	 */
	public Mono<Author> findNewest(Author member) {
		return toAuthor(
				this.members.findNewest(new MemberCard(member.id(), member.handle(), member.name()), member.version()));
	}

	/**
	 * Finds the newest known name of a member; empty if the member was deleted or is not
	 * known.
	 */
	public Mono<Author> findNewest(String memberId) {
		return toAuthor(this.members.findForEvent(memberId));
	}

	private static Mono<Author> toAuthor(Mono<Projected<MemberCard>> found) {
		return found.flatMap((member) -> Mono.justOrEmpty(member.value())
			.map((card) -> new Author(card.id(), card.handle(), card.name(), member.version())));
	}

}
