package dev.agora.feed.live.log;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

import dev.agora.feed.activity.Activities;
import dev.agora.platform.kafka.EventHeaders;

/** Records as the producers of events write them. */
public final class LiveRecords {

	private LiveRecords() {
	}

	/** An activity was published, at a place in the topic. */
	public static ConsumerRecord<String, byte[]> published(int partition, long offset, String activity, String author) {
		return published(partition, offset, activity, author, Instant.now());
	}

	/** An activity was published at a time, long after it happened. */
	public static ConsumerRecord<String, byte[]> published(int partition, long offset, String activity, String author,
			Instant at) {
		ConsumerRecord<String, byte[]> event = record(Activities.TOPIC, partition, offset, activity,
				"activity.published",
				"{\"author\": \"%s\", \"verb\": \"posted\", \"at\": \"%s\"}".formatted(author, Instant.EPOCH));
		RecordHeaders time = new RecordHeaders();
		EventHeaders.put(time, EventHeaders.TIME, at.toString());
		event.headers().remove(EventHeaders.TIME);
		time.forEach(event.headers()::add);
		return event;
	}

	/** A friendship was published as an activity of one of its members. */
	public static ConsumerRecord<String, byte[]> befriended(long offset, String activity, String author,
			String friend) {
		return record(Activities.TOPIC, 0, offset, activity, "activity.published",
				"{\"author\": \"%s\", \"verb\": \"befriended\", \"friend\": \"%s\", \"at\": \"%s\"}".formatted(author,
						friend, Instant.now()));
	}

	/** A follow started or ended. */
	public static ConsumerRecord<String, byte[]> follow(long offset, String type, String follower, String followee) {
		return record("graph.follows.v1", 0, offset, follower + ":" + followee, "follow." + type,
				"{\"follower\": \"%s\", \"followee\": \"%s\"}".formatted(follower, followee));
	}

	/** A block started or ended. */
	public static ConsumerRecord<String, byte[]> block(long offset, String type, String blocker, String blocked) {
		return record("graph.blocks.v1", 0, offset, blocker + ":" + blocked, "block." + type,
				"{\"blocker\": \"%s\", \"blocked\": \"%s\"}".formatted(blocker, blocked));
	}

	/** A job of product-service ended. */
	public static ConsumerRecord<String, byte[]> jobEnded(long offset, String job, String owner) {
		return record("product.jobs.v1", 0, offset, job, "job.ended",
				"{\"kind\": \"import-products\", \"owner\": \"%s\", \"state\": \"SUCCEEDED\", \"at\": \"%s\"}"
					.formatted(owner, Instant.now()));
	}

	/** A member was deleted. */
	public static ConsumerRecord<String, byte[]> memberDeleted(long offset, String member) {
		return record("session.members.v1", 0, offset, member, "member.deleted", "{\"handle\": \"ann\"}");
	}

	/** The same event in a later record. */
	public static ConsumerRecord<String, byte[]> again(ConsumerRecord<String, byte[]> event, long offset) {
		ConsumerRecord<String, byte[]> again = new ConsumerRecord<>(event.topic(), event.partition(), offset,
				event.key(), event.value());
		event.headers().forEach(again.headers()::add);
		return again;
	}

	/** An event. Its version is its offset. */
	public static ConsumerRecord<String, byte[]> record(String topic, int partition, long offset, String key,
			String type, String json) {
		ConsumerRecord<String, byte[]> event = new ConsumerRecord<>(topic, partition, offset, key,
				json.getBytes(StandardCharsets.UTF_8));
		RecordHeaders headers = new RecordHeaders();
		EventHeaders.put(headers, EventHeaders.TYPE, type);
		EventHeaders.put(headers, EventHeaders.VERSION, Long.toString(offset));
		EventHeaders.put(headers, EventHeaders.TIME, Instant.now().toString());
		headers.forEach(event.headers()::add);
		return event;
	}

}
