package dev.agora.product.author;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.platform.member.MemberCard;
import dev.agora.platform.projection.Reconciler;
import dev.agora.product.review.ReviewEvent;
import dev.agora.product.review.Reviewer;
import dev.agora.product.review.Reviews;

/**
 * Reconciles each written review with its author and its product, which may have been
 * renamed, deleted or delisted while it was written.
 */
public class ReviewListener {

	private final EventStream events;

	private final Reconciler<MemberCard> authors;

	private final ProductReviews reviews;

	ReviewListener(EventStream events, Reconciler<MemberCard> authors, ProductReviews reviews) {
		this.events = events;
		this.authors = authors;
		this.reviews = reviews;
	}

	@KafkaListener(topics = Reviews.TOPIC, groupId = "product.review-reconciler")
	void onReviews(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, ReviewEvent.class, this::apply);
	}

	private Mono<Void> apply(ReceivedEvent<ReviewEvent> received) {
		return (received.event() instanceof ReviewEvent.Written written)
				? this.reviews.reconcile(received.id(), written.product())
					.then(reconcile(received.id(), written.author()))
				: Mono.empty();
	}

	private Mono<Void> reconcile(String id, Reviewer author) {
		return this.authors.reconcile(id, author.id(), author.version());
	}

}
