package dev.agora.platform.stream;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The broker, and how events are sent and taken.
 *
 * @param bootstrapServers the brokers' addresses
 * @param topics the topics that this service publishes, made where they are missing
 * @param partitions of a topic that is made
 * @param sessionTimeout after which a silent clone's partitions go to others
 * @param deliveryTimeout after which an unacknowledged event is left to the sweep
 * @param sweep how often the documents are searched for unsent events
 * @param sweepAfter how old an event is before another than its writer may send it
 * @param settle how long at the end of the process the last events may take to be sent
 * @param attempts how often an event that fails by itself is tried before it is put aside
 */
@ConfigurationProperties("agora.kafka")
public record KafkaSettings(@DefaultValue("127.0.0.1:9092") List<String> bootstrapServers,
		@DefaultValue List<String> topics, @DefaultValue("6") int partitions,
		@DefaultValue("6s") Duration sessionTimeout, @DefaultValue("10s") Duration deliveryTimeout,
		@DefaultValue("1s") Duration sweep, @DefaultValue("2s") Duration sweepAfter,
		@DefaultValue("2s") Duration settle, @DefaultValue("4") int attempts) {
}
