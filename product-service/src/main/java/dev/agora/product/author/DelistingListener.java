package dev.agora.product.author;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.product.catalog.ProductEvent;
import dev.agora.product.catalog.Products;

/**
 * Removes the reviews of delisted products. It has a consumer group of its own, since one
 * product may have many reviews.
 */
public class DelistingListener {

	private final EventStream events;

	private final ProductReviews reviews;

	DelistingListener(EventStream events, ProductReviews reviews) {
		this.events = events;
		this.reviews = reviews;
	}

	@KafkaListener(topics = Products.TOPIC, groupId = "product.reviews")
	void onProducts(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, ProductEvent.class, this::apply);
	}

	private Mono<Void> apply(ReceivedEvent<ProductEvent> received) {
		return (received.event() instanceof ProductEvent.Delisted) ? this.reviews.removeAll(received.id())
				: Mono.empty();
	}

}
