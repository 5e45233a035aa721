package dev.agora.platform.kafka.tail;

import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Receives the records of a {@link TopicTail}, on the thread of the tail. */
public interface TailListener {

	/**
	 * A partition is read from now on.
	 * @param first the offset of the first record that will be received
	 */
	void onAssigned(TopicPartition partition, long first);

	/**
	 * Receives the next records, those of a partition in their order, those of several
	 * partitions in the order of their events' times.
	 */
	void onRecords(List<ConsumerRecord<String, byte[]>> records);

	/** Every record that was in the topics at the start was received. */
	void onCaughtUp();

}
