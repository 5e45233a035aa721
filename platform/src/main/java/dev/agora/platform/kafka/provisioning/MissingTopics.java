package dev.agora.platform.kafka.provisioning;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

import dev.agora.platform.kafka.KafkaSettings;
import dev.agora.platform.kafka.topic.TopicRetention;

/** Compares the topics of the settings with those of the brokers. */
final class MissingTopics {

	private final KafkaSettings kafka;

	private final TopicsSettings settings;

	MissingTopics(KafkaSettings kafka, TopicsSettings settings) {
		this.kafka = kafka;
		this.settings = settings;
	}

	/**
	 * Returns the topics that do not exist. The others are not changed: more partitions
	 * would break the order of keys.
	 * @param existing the names of the topics that exist
	 */
	List<NewTopic> among(Set<String> existing) {
		return Stream
			.concat(this.kafka.topics().stream().map((name) -> topic(name, this.kafka.partitions())),
					this.settings.deadLetters().stream().map((name) -> topic(name, 1)))
			.filter((topic) -> !existing.contains(topic.name()))
			.toList();
	}

	private NewTopic topic(String name, int partitions) {
		Map<String, String> config = new HashMap<>(TopicRetention.configOf(name));
		config.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(this.settings.minInSyncReplicas()));
		return new NewTopic(name, partitions, this.kafka.replication()).configs(config);
	}

}
