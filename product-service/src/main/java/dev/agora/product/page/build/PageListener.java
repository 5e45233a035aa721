package dev.agora.product.page.build;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.product.catalog.ProductEvent;
import dev.agora.product.catalog.Products;

/** Builds the page of each product that changes. */
public class PageListener {

	private final EventStream events;

	private final ProductPages pages;

	PageListener(EventStream events, ProductPages pages) {
		this.events = events;
		this.pages = pages;
	}

	@KafkaListener(topics = Products.TOPIC, groupId = "product.pages")
	void onProducts(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, ProductEvent.class, this::apply);
	}

	Mono<Void> apply(ReceivedEvent<ProductEvent> received) {
		return (received.event() instanceof ProductEvent.Delisted)
				? this.pages.remove(received.id(), received.version()) : this.pages.build(received.id());
	}

}
