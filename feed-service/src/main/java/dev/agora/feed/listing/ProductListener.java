package dev.agora.feed.listing;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.feed.activity.ProductCard;
import dev.agora.platform.stream.EventStream;
import dev.agora.platform.stream.Received;

/** Hears of products that are offered, and offered no more. */
public final class ProductListener {

	private final EventStream events;

	private final Listing listing;

	public ProductListener(EventStream events, Listing listing) {
		this.events = events;
		this.listing = listing;
	}

	@KafkaListener(topics = "product.products.v1", groupId = "feed.products")
	void onProducts(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, ProductEvent.class, this::apply);
	}

	private Mono<Void> apply(Received<ProductEvent> received) {
		if (received.event() instanceof ProductEvent.Listed listed) {
			ProductCard card = new ProductCard(received.id(), listed.title(), listed.price());
			return this.listing.start(card, received.version(), listed.seller(), listed.at());
		}
		return this.listing.end(received.id(), received.version());
	}

}
