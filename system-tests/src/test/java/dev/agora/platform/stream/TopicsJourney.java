package dev.agora.platform.stream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

import dev.agora.system.TestSystem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * A service makes the topics that are missing, and leaves those that exist as they are.
 */
class TopicsJourney {

	private static final List<String> TOPICS = List.of("topics.missing.v1", "topics.narrow.v1", "topics.brief.v1");

	@BeforeAll
	static void ownSystemOnly() {
		assumeTrue(TestSystem.isOwn(), "makes topics: only in a system that the tests started themselves");
	}

	@Test
	void makesWhatIsMissingAndBreaksNoOrder() throws Exception {
		String broker = "127.0.0.1:" + TestSystem.portOf("kafka");
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker))) {
			NewTopic narrow = new NewTopic(TOPICS.get(1), 1, (short) -1);
			NewTopic brief = new NewTopic(TOPICS.get(2), 2, (short) -1)
				.configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "60000"));
			admin.createTopics(Set.of(narrow, brief)).all().get();
			prepare(broker);
			assertThat(partitions(admin)).isEqualTo(Map.of(TOPICS.get(0), 6, TOPICS.get(1), 1, TOPICS.get(2), 2));
			assertThat(TOPICS).extracting((topic) -> retention(admin, topic)).containsExactly("-1", "-1", "60000");
			admin.deleteTopics(TOPICS).all().get();
		}
	}

	private static void prepare(String broker) {
		KafkaSettings settings = new Binder(new MapConfigurationPropertySource(
				Map.of("agora.kafka.bootstrap-servers", broker, "agora.kafka.topics", String.join(",", TOPICS))))
			.bindOrCreate("agora.kafka", KafkaSettings.class);
		TopicPreparation preparation = new TopicPreparation(new KafkaListenerEndpointRegistry(), settings);
		preparation.start();
		await("the topics are prepared").atMost(Duration.ofSeconds(30)).until(() -> !preparation.isRunning());
	}

	private static Map<String, Integer> partitions(Admin admin) throws Exception {
		return admin.describeTopics(TOPICS)
			.allTopicNames()
			.get()
			.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (topic) -> topic.getValue().partitions().size()));
	}

	private static String retention(Admin admin, String name) {
		ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
		try {
			return admin.describeConfigs(Set.of(topic))
				.all()
				.get()
				.get(topic)
				.get(TopicConfig.RETENTION_MS_CONFIG)
				.value();
		}
		catch (ExecutionException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
