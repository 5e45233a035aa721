package dev.agora.feed.consistency;

import java.util.Map;

import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.ProductCard;
import dev.agora.feed.product.ProductProjection;
import dev.agora.platform.projection.Reconciler;

/**
 * Whether the feed shows the writes of a product: its listing was published, and the
 * activities about it have its newest card.
 */
final class ProductCheck {

	private final Reconciler<ProductCard> reconciler;

	private final ProductProjection products;

	private final Activities activities;

	ProductCheck(Reconciler<ProductCard> reconciler, ProductProjection products, Activities activities) {
		this.reconciler = reconciler;
		this.products = products;
		this.activities = activities;
	}

	Mono<Boolean> hasApplied(Map<String, Long> versions) {
		return this.reconciler.hasApplied(versions)
			.flatMap((applied) -> applied
					? Flux.fromIterable(versions.entrySet()).concatMap(this::isListed).all(Boolean::booleanValue)
					: Mono.just(false));
	}

	/**
	 * The listing is published after the projection has the first version, and before it
	 * has the second. A product that was delisted before its listing arrived has none,
	 * and neither has an imported one, whose first version no client has seen.
	 */
	private Mono<Boolean> isListed(Map.Entry<String, Long> version) {
		String id = version.getKey();
		return (version.getValue() > 1) ? Mono.just(true) : this.activities.isUsed(id)
			.flatMap((listed) -> listed ? Mono.just(true) : this.products.isDelisted(id));
	}

}
