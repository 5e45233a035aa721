package dev.agora.product.seller;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.projection.Reconciler;
import dev.agora.product.catalog.ProductEvent;
import dev.agora.product.catalog.Products;
import dev.agora.product.catalog.Seller;

/** Reconciles each new product with its seller. */
public class ProductListener {

	private final EventStream events;

	private final Reconciler<MemberCard> sellers;

	ProductListener(EventStream events, Reconciler<MemberCard> sellers) {
		this.events = events;
		this.sellers = sellers;
	}

	@KafkaListener(topics = Products.TOPIC, groupId = "product.reconciler")
	void onProducts(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, ProductEvent.class, this::apply);
	}

	private Mono<Void> apply(ReceivedEvent<ProductEvent> received) {
		return (received.event() instanceof ProductEvent.Listed listed) ? reconcile(received.id(), listed.seller())
				: Mono.empty();
	}

	private Mono<Void> reconcile(String id, Seller seller) {
		return this.sellers.reconcile(id, seller.id(), seller.version());
	}

}
