package dev.agora.platform.kafka.progress;

/**
 * A topic that a consumer group reads.
 *
 * @param group the consumer group
 * @param topic the topic
 */
record Subscription(String group, String topic) {
}
