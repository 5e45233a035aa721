package dev.agora.platform.kafka.tail;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;

import dev.agora.platform.kafka.EventHeaders;

/**
 * Puts the records of several partitions in the order of their events' times. Those of a
 * partition stay in their order. After an outage, one poll has records of minutes: a
 * block, for example, and later posts of the blocked member.
 */
final class TimeOrder {

	private TimeOrder() {
	}

	static List<ConsumerRecord<String, byte[]>> of(ConsumerRecords<String, byte[]> polled) {
		PriorityQueue<Head> heads = new PriorityQueue<>(Comparator.comparing(Head::time));
		polled.partitions().forEach((partition) -> add(heads, polled.records(partition).iterator()));
		List<ConsumerRecord<String, byte[]>> ordered = new ArrayList<>(polled.count());
		for (Head earliest = heads.poll(); earliest != null; earliest = heads.poll()) {
			ordered.add(earliest.record());
			add(heads, earliest.rest());
		}
		return ordered;
	}

	private static void add(PriorityQueue<Head> heads, Iterator<ConsumerRecord<String, byte[]>> partition) {
		if (partition.hasNext()) {
			ConsumerRecord<String, byte[]> first = partition.next();
			heads.add(new Head(timeOf(first), first, partition));
		}
	}

	/** A record that is no event delays no other. */
	private static Instant timeOf(ConsumerRecord<String, byte[]> record) {
		@Nullable String time = EventHeaders.get(record.headers(), EventHeaders.TIME);
		try {
			return (time != null) ? Instant.parse(time) : Instant.MIN;
		}
		catch (DateTimeException ex) {
			return Instant.MIN;
		}
	}

	/** The first record of a partition that is not in order yet. */
	private record Head(Instant time, ConsumerRecord<String, byte[]> record,
			Iterator<ConsumerRecord<String, byte[]>> rest) {
	}

}
