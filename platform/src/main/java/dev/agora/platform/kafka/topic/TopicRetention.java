package dev.agora.platform.kafka.topic;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.common.config.TopicConfig;
import org.jspecify.annotations.Nullable;

/** Says how long a topic keeps its records. */
public final class TopicRetention {

	/**
	 * The name of the topics with the parts of exports, and of their dead letters. They
	 * have personal data, and nothing is rebuilt from them.
	 */
	private static final String EXPORT_PARTS = ".export-parts.";

	private static final Duration OF_EXPORT_PARTS = Duration.ofDays(1);

	/** Kafka deletes whole segments, and only those that are no longer written to. */
	private static final Duration SEGMENT_OF_EXPORT_PARTS = Duration.ofHours(1);

	/**
	 * The topic by which workers share large fan-outs. Its records are work that is done
	 * within seconds, and have the ids of many followers.
	 */
	private static final String FAN_OUTS = "feed.fan-outs.v1";

	private static final Duration OF_FAN_OUTS = Duration.ofDays(7);

	private static final Duration SEGMENT_OF_FAN_OUTS = Duration.ofDays(1);

	private static final String UNLIMITED = "-1";

	private TopicRetention() {
	}

	/**
	 * Returns the settings of a topic. Without limit, a projection can be rebuilt from
	 * the first event, and a dead letter remains until an operator replays it.
	 * @param topic the name of the topic
	 */
	public static Map<String, String> configOf(String topic) {
		Map<String, String> config = new HashMap<>(
				Map.of(TopicConfig.RETENTION_MS_CONFIG, UNLIMITED, TopicConfig.RETENTION_BYTES_CONFIG, UNLIMITED,
						TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE));
		if (topic.contains(EXPORT_PARTS)) {
			config.putAll(limited(OF_EXPORT_PARTS, SEGMENT_OF_EXPORT_PARTS));
		}
		else if (topic.equals(FAN_OUTS)) {
			config.putAll(limited(OF_FAN_OUTS, SEGMENT_OF_FAN_OUTS));
		}
		return config;
	}

	private static Map<String, String> limited(Duration retention, Duration segment) {
		return Map.of(TopicConfig.RETENTION_MS_CONFIG, millis(retention), TopicConfig.SEGMENT_MS_CONFIG,
				millis(segment));
	}

	/**
	 * Returns the changes of a topic's settings that the broker supports and that are not
	 * set for the topic itself.
	 * @param topic the name of the topic
	 * @param config the settings of the topic
	 */
	public static List<AlterConfigOp> changes(String topic, Config config) {
		return configOf(topic).entrySet()
			.stream()
			.filter((setting) -> isUnset(config.get(setting.getKey())))
			.map((setting) -> new AlterConfigOp(new ConfigEntry(setting.getKey(), setting.getValue()),
					AlterConfigOp.OpType.SET))
			.toList();
	}

	private static boolean isUnset(@Nullable ConfigEntry entry) {
		return entry != null && entry.source() != ConfigSource.DYNAMIC_TOPIC_CONFIG;
	}

	private static String millis(Duration duration) {
		return Long.toString(duration.toMillis());
	}

}
