package dev.agora.product.author;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Primary;

import dev.agora.platform.document.Projected;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.projection.Dependents;
import dev.agora.product.review.Review;
import dev.agora.product.seller.SellerProducts;

/** The products and the reviews of a member. Their ids have different forms. */
@Primary
public final class MemberContent implements Dependents<MemberCard> {

	private final SellerProducts products;

	private final AuthorReviews reviews;

	public MemberContent(SellerProducts products, AuthorReviews reviews) {
		this.products = products;
		this.reviews = reviews;
	}

	@Override
	public Flux<String> findOutdated(String memberId, Projected<MemberCard> member) {
		return this.products.findOutdated(memberId, member).concatWith(this.reviews.findOutdated(memberId, member));
	}

	@Override
	public Mono<Void> reconcile(String id, String memberId, Projected<MemberCard> member) {
		return (Review.isId(id) ? this.reviews : this.products).reconcile(id, memberId, member);
	}

}
