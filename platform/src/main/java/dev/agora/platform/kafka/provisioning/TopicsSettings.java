package dev.agora.platform.kafka.provisioning;

import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the process that creates topics, besides those of the Kafka clients.
 *
 * @param deadLetters the topics with one partition
 * @param minInSyncReplicas the number of copies that must be written before an event is
 * acknowledged
 * @param timeout how long the process waits for the brokers
 */
@ConfigurationProperties("agora.topics")
public record TopicsSettings(@DefaultValue List<String> deadLetters, @DefaultValue("1") int minInSyncReplicas,
		@DefaultValue("3m") Duration timeout) {
}
