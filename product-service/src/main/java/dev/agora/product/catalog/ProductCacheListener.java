package dev.agora.product.catalog;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;

/**
 * Invalidates cached products on the service's own events, in case a writer died between
 * the write to the store and the write to the cache.
 */
public class ProductCacheListener {

	private final EventStream events;

	private final ProductCache cache;

	ProductCacheListener(EventStream events, ProductCache cache) {
		this.events = events;
		this.cache = cache;
	}

	@KafkaListener(topics = Products.TOPIC, groupId = "product.cache")
	void onProducts(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, ProductEvent.class, this::apply);
	}

	Mono<Void> apply(ReceivedEvent<ProductEvent> received) {
		return this.cache.invalidate(received.id(), received.version());
	}

}
