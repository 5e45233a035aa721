package dev.agora.feed.timeline;

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
 * Brings what was published into the home feeds. The cached activity is made sure of
 * first, so that a feed that has the id finds the activity; a deleted one stays in the
 * lists and is left out by who reads them.
 */
public final class FanOutListener {

	private final EventStream events;

	private final ActivityCache activities;

	private final FanOut fanOut;

	public FanOutListener(EventStream events, ActivityCache activities, FanOut fanOut) {
		this.events = events;
		this.activities = activities;
		this.fanOut = fanOut;
	}

	@KafkaListener(topics = Activities.TOPIC, groupId = "feed.timelines")
	void onActivities(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, ActivityEvent.class, this::apply);
	}

	private Mono<Void> apply(ReceivedEvent<ActivityEvent> received) {
		Mono<Void> healed = this.activities.invalidate(received.id(), received.version());
		if (received.event() instanceof ActivityEvent.Published published) {
			return healed.then(this.fanOut.push(received.id(), published.author(), published.at()));
		}
		return healed;
	}

}
