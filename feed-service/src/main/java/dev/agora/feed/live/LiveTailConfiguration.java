package dev.agora.feed.live;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;

import dev.agora.feed.live.log.LiveTopics;
import dev.agora.platform.kafka.KafkaSettings;
import dev.agora.platform.kafka.tail.TopicTail;
import dev.agora.platform.kafka.tracing.TracedTail;
import dev.agora.platform.tracing.Tracing;

/** Reads the events of live streams from Kafka. */
@Configuration(proxyBeanMethods = false)
public class LiveTailConfiguration {

	/** The usual number of partitions among which the backlog is divided. */
	private static final int PARTITIONS = 6;

	@Bean
	TracedTail tracedHub(LiveHub hub, Tracing tracing) {
		return new TracedTail(hub, tracing);
	}

	@Bean
	TopicTail liveTail(ConsumerFactory<String, byte[]> consumers, LiveTopics topics, TracedTail hub, LiveSettings live,
			KafkaSettings kafka) {
		TopicTail.Settings settings = new TopicTail.Settings(topics.names(), live.log() / PARTITIONS,
				kafka.topicCheck());
		return new TopicTail(consumers, settings, hub);
	}

}
