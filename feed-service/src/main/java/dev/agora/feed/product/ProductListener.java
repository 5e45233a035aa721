package dev.agora.feed.product;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.feed.activity.ProductCard;
import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.projection.Reconciler;

/** Publishes and removes listings on the events of products. */
public final class ProductListener {

	private final EventStream events;

	private final ListingActivities listings;

	private final Reconciler<ProductCard> products;

	public ProductListener(EventStream events, ListingActivities listings, Reconciler<ProductCard> products) {
		this.events = events;
		this.listings = listings;
		this.products = products;
	}

	@KafkaListener(topics = "product.products.v1", groupId = "feed.products")
	void onProducts(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, ProductEvent.class, this::apply);
	}

	private Mono<Void> apply(ReceivedEvent<ProductEvent> received) {
		if (received.event() instanceof ProductEvent.Listed listed) {
			ProductCard card = new ProductCard(received.id(), listed.title(), listed.price());
			return this.listings.publish(card, received.version(), listed.seller(), listed.at());
		}
		return this.products.remove(received.id(), received.version());
	}

}
