package dev.agora.product.seller;

import java.time.Clock;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.platform.document.Change;
import dev.agora.platform.document.Projected;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.projection.Dependents;
import dev.agora.product.catalog.Product;
import dev.agora.product.catalog.Products;
import dev.agora.product.catalog.Seller;

/**
 * Shows the newest name of its seller on each product, and delists the products of
 * deleted members.
 */
public final class SellerProducts implements Dependents<MemberCard> {

	private final Products products;

	private final Clock clock;

	public SellerProducts(Products products, Clock clock) {
		this.products = products;
		this.clock = clock;
	}

	@Override
	public Flux<String> findOutdated(String memberId, Projected<MemberCard> member) {
		return this.products.idsWithSellerBefore(memberId, member.isDeleted() ? Long.MAX_VALUE : member.version());
	}

	@Override
	public Mono<Void> reconcile(String id, String memberId, Projected<MemberCard> member) {
		return this.products.changeIfPresent(id, toChange(memberId, member));
	}

	private Function<Product, Change<Product>> toChange(String memberId, Projected<MemberCard> member) {
		@Nullable MemberCard card = member.value();
		if (card == null) {
			return (product) -> product.delist(this.clock.instant());
		}
		Seller seller = new Seller(memberId, card.handle(), card.name(), member.version());
		return (product) -> product.withSeller(seller);
	}

}
