package dev.agora.product.author;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Projected;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.projection.Dependents;
import dev.agora.product.review.Reviewer;
import dev.agora.product.review.Reviews;

/**
 * Shows the newest name of its author on each review, and removes the reviews of deleted
 * members.
 */
public final class AuthorReviews implements Dependents<MemberCard> {

	private final Reviews reviews;

	public AuthorReviews(Reviews reviews) {
		this.reviews = reviews;
	}

	@Override
	public Flux<String> findOutdated(String memberId, Projected<MemberCard> member) {
		return this.reviews.idsWithAuthorBefore(memberId, member.isDeleted() ? Long.MAX_VALUE : member.version());
	}

	@Override
	public Mono<Void> reconcile(String id, String memberId, Projected<MemberCard> member) {
		@Nullable MemberCard card = member.value();
		if (card == null) {
			return this.reviews.remove(id);
		}
		Reviewer author = new Reviewer(memberId, card.handle(), card.name(), member.version());
		return this.reviews.changeIfPresent(id, (review) -> review.withAuthor(author));
	}

}
