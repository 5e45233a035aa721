package dev.agora.feed.live.log;

import org.apache.kafka.common.TopicPartition;

/**
 * An event in the log.
 *
 * @param number counts the events of all topics in the order of their arrival
 * @param partition the partition of its topic
 * @param offset its offset in the partition
 * @param event the event
 */
public record ArrivedEvent(long number, TopicPartition partition, long offset, LiveEvent event) {

	/** Whether a client at a position lacks it. */
	boolean isAfter(Position position) {
		return this.offset >= position.next(this.partition);
	}

}
