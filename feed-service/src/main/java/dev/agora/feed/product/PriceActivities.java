package dev.agora.feed.product;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

import reactor.core.publisher.Mono;

import dev.agora.feed.activity.Activity;
import dev.agora.feed.activity.ActivityProduct;
import dev.agora.feed.activity.Author;
import dev.agora.feed.activity.Authors;
import dev.agora.feed.activity.ProductCard;
import dev.agora.feed.activity.Source;
import dev.agora.feed.activity.SourceActivities;
import dev.agora.platform.document.Change;
import dev.agora.platform.event.EventTypes;
import dev.agora.platform.id.IdGenerator;
import dev.agora.platform.kafka.ReceivedEvent;

/**
 * Publishes a lower price of a product as an activity of its seller. A product has at
 * most one such activity, for its newest price: a further reduction replaces it, and a
 * price that is no reduction removes it.
 */
public final class PriceActivities {

	private final SourceActivities activities;

	private final ProductProjection products;

	private final Authors authors;

	public PriceActivities(SourceActivities activities, ProductProjection products, Authors authors) {
		this.activities = activities;
		this.products = products;
		this.authors = authors;
	}

	/** The type of the event that changes the activity. */
	public static String eventType() {
		return EventTypes.nameOf(ProductEvent.Repriced.class);
	}

	/**
	 * Whether the activities are in line with these prices or later ones.
	 * @param versions the versions by the ids of the products
	 */
	public Mono<Boolean> hasApplied(Map<String, Long> versions) {
		return this.activities.hasVersions(versions.entrySet()
			.stream()
			.collect(Collectors.toMap((price) -> keyOf(price.getKey()), Map.Entry::getValue)));
	}

	/** Applies a new price. */
	Mono<Void> apply(ReceivedEvent<?> received, ProductEvent.Repriced repriced) {
		Source source = new Source(keyOf(received.id()), received.version());
		return Mono.justOrEmpty(repriced.sellerOfReduction())
			.filterWhen((seller) -> this.products.isDelisted(received.id()).map((delisted) -> !delisted))
			.flatMap(this.authors::findNewest)
			.map((seller) -> toActivity(received, repriced, seller))
			.map((reduction) -> this.activities.publish(source, idOf(received), reduction))
			.defaultIfEmpty(this.activities.withdraw(source))
			.flatMap((update) -> update);
	}

	private static Change<Activity> toActivity(ReceivedEvent<?> received, ProductEvent.Repriced repriced,
			Author seller) {
		ProductCard card = new ProductCard(received.id(), repriced.title(), repriced.price());
		Instant at = IdGenerator.createdAt(idOf(received));
		return Activity.reduction(seller, ActivityProduct.of(card, received.version()), repriced.previous(), at);
	}

	private static String keyOf(String product) {
		return "price:" + product;
	}

	private static String idOf(ReceivedEvent<?> received) {
		return IdGenerator.derive(received.at(), "price:" + received.id() + ":" + received.version());
	}

}
