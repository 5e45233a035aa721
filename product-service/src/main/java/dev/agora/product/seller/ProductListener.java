package dev.agora.product.seller;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.product.catalog.ProductEvent;
import dev.agora.product.catalog.Products;

/** Settles each product that was listed, by the service's own event of it. */
public class ProductListener {

	private final EventStream events;

	private final SellerReconciler upkeep;

	ProductListener(EventStream events, SellerReconciler upkeep) {
		this.events = events;
		this.upkeep = upkeep;
	}

	@KafkaListener(topics = Products.TOPIC, groupId = "product.upkeep")
	void onProducts(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, ProductEvent.class, this::apply);
	}

	private Mono<Void> apply(ReceivedEvent<ProductEvent> received) {
		return (received.event() instanceof ProductEvent.Listed listed)
				? this.upkeep.settle(received.id(), listed.seller()) : Mono.empty();
	}

}
