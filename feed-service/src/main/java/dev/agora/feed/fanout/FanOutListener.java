package dev.agora.feed.fanout;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
		this.events.together(records, ActivityEvent.class, this::apply);
	}

	/**
	 * Applies the events of a batch: they share the round trips to both stores. The
	 * events of several partitions are sorted by id, as timelines are, since a push to
	 * the head of a timeline searches nothing.
	 */
	Mono<Void> apply(List<ReceivedEvent<ActivityEvent>> received) {
		List<NewActivity> published = received.stream()
			.flatMap(FanOutListener::toNewActivity)
			.sorted(Comparator.comparing(NewActivity::id))
			.toList();
		Set<String> authors = published.stream().map(NewActivity::author).collect(Collectors.toSet());
		return Mono
			.zip(this.activities.invalidateAll(newestVersions(received)).thenReturn(true),
					this.fanOut.audiencesOf(authors))
			.flatMap((ready) -> this.fanOut.start(published, ready.getT2()));
	}

	private static Stream<NewActivity> toNewActivity(ReceivedEvent<ActivityEvent> received) {
		return (received.event() instanceof ActivityEvent.Published published)
				? Stream.of(new NewActivity(received.id(), published.author(), received.at(), received.trace()))
				: Stream.empty();
	}

	private static Map<String, Long> newestVersions(List<ReceivedEvent<ActivityEvent>> received) {
		return received.stream().collect(Collectors.toMap(ReceivedEvent::id, ReceivedEvent::version, Math::max));
	}

}
