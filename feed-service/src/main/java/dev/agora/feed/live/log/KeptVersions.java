package dev.agora.feed.live.log;

import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.agora.platform.kafka.EventHeaders;

/**
 * The newest version of each aggregate whose events are kept. An event may be sent twice,
 * and its second record may come after later events of its aggregate.
 */
final class KeptVersions {

	private final Map<Aggregate, Long> newest = new HashMap<>();

	/**
	 * Adds the version of an event.
	 * @return whether it is newer than those of all kept events of its aggregate
	 */
	boolean add(Source source) {
		Long known = this.newest.get(source.aggregate());
		if (known != null && known >= source.version()) {
			return false;
		}
		this.newest.put(source.aggregate(), source.version());
		return true;
	}

	/** Removes the version of an event that is not kept any more. */
	void remove(Source source) {
		this.newest.remove(source.aggregate(), source.version());
	}

	/**
	 * An aggregate.
	 *
	 * @param topic the topic of its events
	 * @param key the key of its events
	 */
	record Aggregate(String topic, String key) {
	}

	/**
	 * The source of an event.
	 *
	 * @param version the version of the aggregate after the event
	 */
	record Source(Aggregate aggregate, long version) {

		/** Reads the source of a record that is a valid event. */
		static Source of(ConsumerRecord<String, byte[]> record) {
			return new Source(new Aggregate(record.topic(), record.key()),
					Long.parseLong(String.valueOf(EventHeaders.get(record.headers(), EventHeaders.VERSION))));
		}

	}

}
