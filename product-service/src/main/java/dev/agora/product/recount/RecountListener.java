package dev.agora.product.recount;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.platform.kafka.EventStream;
import dev.agora.product.review.ReviewEvent;
import dev.agora.product.review.Reviews;

/** Requests a recount of each product whose reviews have changed, once a batch. */
public class RecountListener {

	private final EventStream events;

	private final RecountRequests requests;

	RecountListener(EventStream events, RecountRequests requests) {
		this.events = events;
		this.requests = requests;
	}

	@KafkaListener(topics = Reviews.TOPIC, groupId = "product.ratings")
	void onReviews(List<ConsumerRecord<String, byte[]>> records) {
		Set<String> requested = ConcurrentHashMap.newKeySet();
		this.events.inKeyOrder(records, ReviewEvent.class,
				(received) -> requestOnce(received.event().product(), requested));
	}

	private Mono<Void> requestOnce(String product, Set<String> requested) {
		return requested.add(product) ? this.requests.add(product).doOnError((failure) -> requested.remove(product))
				: Mono.empty();
	}

}
