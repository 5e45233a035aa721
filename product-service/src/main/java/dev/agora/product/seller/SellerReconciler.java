package dev.agora.product.seller;

import java.time.Clock;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Projected;
import dev.agora.product.catalog.Products;
import dev.agora.product.catalog.Seller;
import dev.agora.product.member.MemberCard;
import dev.agora.product.member.MemberProjection;

/**
 * Makes products show their sellers as they are now, and ends those of sellers who left.
 * <p>
 * No product is missed, though it be written while its seller's others are seen to: what
 * is known of the member is kept first, then the products are looked for. One that is
 * written too late to be found has its own event, and when that comes, what it must be
 * settled by is there. All of it may be done again at any time and in any order; what was
 * interrupted goes on where it was.
 */
public final class SellerReconciler {

	/** Few, so that requests stay quick while a seller of many products is seen to. */
	private static final int AT_ONCE = 4;

	private final MemberProjection members;

	private final Products products;

	private final Clock clock;

	public SellerReconciler(MemberProjection members, Products products, Clock clock) {
		this.members = members;
		this.products = products;
		this.clock = clock;
	}

	/** A seller goes by another name. */
	Mono<Void> rename(String memberId, long version, MemberCard card) {
		return this.members.put(memberId, version, card).then(settleAllOf(memberId));
	}

	/** A seller left. */
	Mono<Void> leave(String memberId, long version) {
		return this.members.remove(memberId, version).then(settleAllOf(memberId));
	}

	/**
	 * Settles one product.
	 * @param id the product's id
	 * @param listedBy its seller as known when it was listed
	 */
	Mono<Void> settle(String id, Seller listedBy) {
		return this.members.look(listedBy.id())
			.filter((known) -> known.version() > listedBy.version())
			.flatMap((known) -> settle(id, listedBy.id(), known));
	}

	/**
	 * Whatever the event said: by what is known now. Also where that was known already,
	 * since this may be the next try after a crash in the middle of it.
	 */
	private Mono<Void> settleAllOf(String memberId) {
		return Mono.defer(() -> this.members.look(memberId)).flatMap((known) -> settleAll(memberId, known));
	}

	private Mono<Void> settleAll(String memberId, Projected<MemberCard> known) {
		return this.products.ofSellerBefore(memberId, known.isDeleted() ? Long.MAX_VALUE : known.version())
			.flatMap((id) -> settle(id, memberId, known), AT_ONCE)
			.then();
	}

	private Mono<Void> settle(String id, String sellerId, Projected<MemberCard> known) {
		@Nullable MemberCard card = known.value();
		if (card == null) {
			return this.products.changeIfPresent(id, (product) -> product.delist(this.clock.instant()));
		}
		Seller now = new Seller(sellerId, card.handle(), card.name(), known.version());
		return this.products.changeIfPresent(id, (product) -> product.soldBy(now));
	}

}
