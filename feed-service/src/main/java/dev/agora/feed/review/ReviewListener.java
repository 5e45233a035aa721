package dev.agora.feed.review;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.platform.kafka.EventStream;

/** Publishes, changes and removes the activities of reviews on their events. */
public final class ReviewListener {

	private final EventStream events;

	private final ReviewActivities reviews;

	public ReviewListener(EventStream events, ReviewActivities reviews) {
		this.events = events;
		this.reviews = reviews;
	}

	@KafkaListener(topics = "product.reviews.v1", groupId = "feed.reviews")
	void onReviews(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, ReviewEvent.class, this.reviews::apply);
	}

}
