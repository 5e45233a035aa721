package dev.agora.feed.product;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.feed.activity.ProductCard;
import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;

/** Hears of products that are offered, and offered no more. */
public final class ProductListener {

	private final EventStream events;

	private final ListingActivities listing;

	public ProductListener(EventStream events, ListingActivities listing) {
		this.events = events;
		this.listing = listing;
	}

	@KafkaListener(topics = "product.products.v1", groupId = "feed.products")
	void onProducts(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, ProductEvent.class, this::apply);
	}

	private Mono<Void> apply(ReceivedEvent<ProductEvent> received) {
		if (received.event() instanceof ProductEvent.Listed listed) {
			ProductCard card = new ProductCard(received.id(), listed.title(), listed.price());
			return this.listing.start(card, received.version(), listed.seller(), listed.at());
		}
		return this.listing.end(received.id(), received.version());
	}

}
