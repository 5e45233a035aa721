package dev.agora.feed.listing;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.Activity;
import dev.agora.feed.activity.ProductCard;
import dev.agora.platform.stream.EventStream;
import dev.agora.platform.stream.Received;

/** Keeps the products' cards, and makes each listing an activity of its seller. */
public final class ProductListener {

	private final EventStream events;

	private final Products products;

	private final Activities activities;

	public ProductListener(EventStream events, Products products, Activities activities) {
		this.events = events;
		this.products = products;
		this.activities = activities;
	}

	@KafkaListener(topics = "product.products.v1", groupId = "feed.products")
	void onProducts(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, ProductEvent.class, this::apply);
	}

	private Mono<Void> apply(Received<ProductEvent> received) {
		ProductEvent.Listed listed = (ProductEvent.Listed) received.event();
		ProductCard card = new ProductCard(received.id(), listed.title(), listed.price());
		return this.products.put(card, received.version())
			.then(this.activities.addOnce(received.id(), Activity.list(listed.seller(), card, listed.at())));
	}

}
