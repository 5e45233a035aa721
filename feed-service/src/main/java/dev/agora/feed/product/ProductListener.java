package dev.agora.feed.product;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.feed.activity.ProductCard;
import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.projection.Reconciler;

/**
 * Publishes and removes listings on the events of products, and brings activities in line
 * with a new title or price.
 */
public final class ProductListener {

	private final EventStream events;

	private final ListingActivities listings;

	private final Reconciler<ProductCard> products;

	private final ProductProjection projection;

	public ProductListener(EventStream events, ListingActivities listings, Reconciler<ProductCard> products,
			ProductProjection projection) {
		this.events = events;
		this.listings = listings;
		this.products = products;
		this.projection = projection;
	}

	@KafkaListener(topics = "product.products.v1", groupId = "feed.products")
	void onProducts(List<ConsumerRecord<String, byte[]>> records) {
		NewestChanges newest = NewestChanges.in(records);
		this.events.inKeyOrder(records, ProductEvent.class, (received) -> apply(received, newest));
	}

	private Mono<Void> apply(ReceivedEvent<ProductEvent> received, NewestChanges newest) {
		if (received.event() instanceof ProductEvent.Listed listed) {
			ProductCard card = new ProductCard(received.id(), listed.title(), listed.price());
			return this.listings.publish(card, received.version(), listed);
		}
		if (received.event() instanceof ProductEvent.Repriced repriced) {
			return change(new ProductCard(received.id(), repriced.title(), repriced.price()), received, newest);
		}
		if (received.event() instanceof ProductEvent.Retitled retitled) {
			return change(new ProductCard(received.id(), retitled.title(), retitled.price()), received, newest);
		}
		return this.products.remove(received.id(), received.version());
	}

	private Mono<Void> change(ProductCard product, ReceivedEvent<ProductEvent> received, NewestChanges newest) {
		return newest.contain(received) ? this.products.upsert(product.id(), received.version(), product)
				: this.projection.upsert(product, received.version()).then();
	}

}
