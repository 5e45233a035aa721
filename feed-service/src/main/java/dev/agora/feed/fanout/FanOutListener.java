package dev.agora.feed.fanout;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.ActivityCache;
import dev.agora.feed.activity.ActivityEvent;
import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;

/**
 * Starts the fan-out of published activities. The cached activity is invalidated first,
 * so that a reader of the timeline finds the activity. The id of a deleted activity stays
 * in the timelines, and readers skip it.
 */
public final class FanOutListener {

	private final EventStream events;

	private final ActivityCache activities;

	private final ActivityFanOut fanOut;

	public FanOutListener(EventStream events, ActivityCache activities, ActivityFanOut fanOut) {
		this.events = events;
		this.activities = activities;
		this.fanOut = fanOut;
	}

	@KafkaListener(topics = Activities.TOPIC, groupId = "feed.timelines")
	void onActivities(List<ConsumerRecord<String, byte[]>> records) {
		Audiences audiences = new Audiences(this.fanOut::audienceOf);
		this.events.inKeyOrder(records, ActivityEvent.class, (received) -> apply(received, audiences));
	}

	Mono<Void> apply(ReceivedEvent<ActivityEvent> received, Audiences audiences) {
		Mono<Void> invalidation = this.activities.invalidate(received.id(), received.version());
		if (received.event() instanceof ActivityEvent.Published published) {
			return invalidation.then(audiences.of(published.author()))
				.flatMap((followers) -> this.fanOut.start(received.id(), published.author(), followers, received.at()));
		}
		return invalidation;
	}

}
