package dev.agora.product.page.trend;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;
import dev.agora.product.page.trend.TrendSignal.Kind;
import dev.agora.product.review.ReviewEvent;
import dev.agora.product.review.Reviews;

/** Records the interest that reviews and posts show. */
public class TrendListener {

	/** The verb of posts; the listing of a product shows no interest in it. */
	private static final String POSTED = "posted";

	private final EventStream events;

	private final TrendSignals signals;

	TrendListener(EventStream events, TrendSignals signals) {
		this.events = events;
		this.signals = signals;
	}

	@KafkaListener(topics = Reviews.TOPIC, groupId = "product.review-trends")
	void onReviews(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, ReviewEvent.class, this::applyReview);
	}

	@KafkaListener(topics = "feed.activities.v1", groupId = "product.post-trends")
	void onActivities(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, ActivityEvent.class, this::applyActivity);
	}

	Mono<Void> applyReview(ReceivedEvent<ReviewEvent> received) {
		return (received.event() instanceof ReviewEvent.Written written)
				? this.signals
					.record(new TrendSignal(Kind.REVIEW, written.product(), written.author().id(), written.at()))
				: Mono.empty();
	}

	Mono<Void> applyActivity(ReceivedEvent<ActivityEvent> received) {
		return (received.event() instanceof ActivityEvent.Published published && published.product() != null
				&& published.verb().equals(POSTED))
						? this.signals
							.record(new TrendSignal(Kind.POST, published.product(), published.author(), published.at()))
						: Mono.empty();
	}

}
