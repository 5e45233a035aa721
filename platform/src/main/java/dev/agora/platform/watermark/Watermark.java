package dev.agora.platform.watermark;

/**
 * A record of the source of a topic: every event with a response up to a time comes
 * before this record in its partition.
 *
 * @param topic the topic
 * @param partition the partition that the record was sent to
 * @param partitions the number of partitions that got such a record
 * @param time the time in milliseconds
 */
public record Watermark(String topic, int partition, int partitions, long time) {
}
