package dev.agora.feed.author;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;

import org.springframework.kafka.annotation.KafkaListener;

import dev.agora.feed.activity.Activities;
import dev.agora.feed.activity.ActivityEvent;
import dev.agora.platform.kafka.EventStream;
import dev.agora.platform.kafka.ReceivedEvent;

/**
 * Settles each activity that was published, by the service's own event of it. Not with
 * the fan-out: this goes on while Redis is away.
 */
public final class ActivityListener {

	private final EventStream events;

	private final AuthorReconciler upkeep;

	public ActivityListener(EventStream events, AuthorReconciler upkeep) {
		this.events = events;
		this.upkeep = upkeep;
	}

	@KafkaListener(topics = Activities.TOPIC, groupId = "feed.upkeep")
	void onActivities(List<ConsumerRecord<String, byte[]>> records) {
		this.events.inKeyOrder(records, ActivityEvent.class, this::apply);
	}

	private Mono<Void> apply(ReceivedEvent<ActivityEvent> received) {
		return (received.event() instanceof ActivityEvent.Published published)
				? this.upkeep.settle(received.id(), published) : Mono.empty();
	}

}
