package dev.agora.feed.product;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;

/**
 * Publishes and removes reductions on the events of products. The consumer group is not
 * that of the projection, whose older instances would miss reductions during a rolling
 * update.
 */
public final class PriceListener {

	private final EventStream events;

	private final PriceActivities prices;

	public PriceListener(EventStream events, PriceActivities prices) {
		this.events = events;
		this.prices = prices;
	}

	@KafkaListener(topics = "product.products.v1", groupId = "feed.prices")
	void onProducts(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, ProductEvent.class, this::apply);
	}

	private Mono<Void> apply(ReceivedEvent<ProductEvent> received) {
		return (received.event() instanceof ProductEvent.Repriced repriced) ? this.prices.apply(received, repriced)
				: Mono.empty();
	}

}
