package dev.agora.platform.kafka;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import com.mongodb.reactivestreams.client.MongoDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.EnableKafka;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.ContainerProperties;

import dev.agora.platform.consistency.ConsistencySettings;
import dev.agora.platform.document.DocumentStore;
import dev.agora.platform.kafka.deadletter.DeadLetterReader;
import dev.agora.platform.kafka.deadletter.DeadLetterReplayer;
import dev.agora.platform.kafka.deadletter.DeadLetterTopics;
import dev.agora.platform.kafka.deadletter.DeadLettersEndpoint;
import dev.agora.platform.kafka.progress.BrokerClient;
import dev.agora.platform.kafka.progress.ConsumerMeters;
import dev.agora.platform.lifecycle.Build;
import dev.agora.platform.tracing.Tracing;
import dev.agora.platform.watermark.WatermarkSweep;
import dev.agora.platform.watermark.Watermarks;

/**
 * Configures the producer, the listeners, the topics, the outbox relay and the dead
 * letters.
 */
@Configuration(proxyBeanMethods = false)
@EnableKafka
@EnableConfigurationProperties({ KafkaSettings.class, ConsistencySettings.class })
public class KafkaConfiguration {

	private static final Duration COMMIT_INTERVAL = Duration.ofMillis(200);

	private final MeterRegistry meters;

	KafkaConfiguration(MeterRegistry meters) {
		this.meters = meters;
	}

	@Bean(destroyMethod = "")
	Producer<String, byte[]> eventProducer(KafkaSettings settings) {
		return new KafkaProducer<>(
				settings.clientProperties(Map.of(ProducerConfig.ACKS_CONFIG, "all",
						ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true, ProducerConfig.LINGER_MS_CONFIG, 0,
						ProducerConfig.BUFFER_MEMORY_CONFIG, 8 * 1024 * 1024L, ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
						(int) settings.deliveryTimeout().toMillis() / 2, ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
						(int) settings.deliveryTimeout().toMillis(), ProducerConfig.MAX_BLOCK_MS_CONFIG,
						settings.deliveryTimeout().toMillis() / 4)),
				new RecordKeys.Writer(), new ByteArraySerializer());
	}

	@Bean
	ConsumerFactory<String, byte[]> eventConsumers(KafkaSettings settings) {
		return new DefaultKafkaConsumerFactory<>(
				settings.clientProperties(Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
						ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false, ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1,
						ConsumerConfig.METADATA_MAX_AGE_CONFIG, 5000, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
						(int) settings.sessionTimeout().toMillis(), ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
						(int) settings.sessionTimeout().toMillis() / 4)),
				new RecordKeys.Reader(), new ByteArrayDeserializer());
	}

	@Bean
	ConcurrentKafkaListenerContainerFactory<String, byte[]> kafkaListenerContainerFactory(
			ConsumerFactory<String, byte[]> consumers, KafkaSettings settings) {
		ConcurrentKafkaListenerContainerFactory<String, byte[]> factory = new ConcurrentKafkaListenerContainerFactory<>();
		factory.setConsumerFactory(consumers);
		factory.setBatchListener(true);
		commitPeriodically(factory.getContainerProperties());
		factory.setAutoStartup(settings.consume());
		factory.setCommonErrorHandler(new BatchErrorHandler());
		// The listeners finish their batches while the web server finishes its requests.
		factory.setPhase(WebServerApplicationContext.GRACEFUL_SHUTDOWN_PHASE);
		return factory;
	}

	/**
	 * A commit costs the brokers more than an event, so it is not sent for each batch. A
	 * container commits between two polls only, so an idle poll ends in time for it.
	 */
	private static void commitPeriodically(ContainerProperties container) {
		container.setAckMode(ContainerProperties.AckMode.TIME);
		container.setAckTime(COMMIT_INTERVAL.toMillis());
		container.setPollTimeout(COMMIT_INTERVAL.toMillis());
	}

	@Bean
	KafkaAdmin kafkaAdmin(KafkaSettings settings) {
		KafkaAdmin admin = new KafkaAdmin(settings.clientProperties(Map.of()));
		admin.setAutoCreate(false);
		admin.setOperationTimeout(5);
		admin.setCloseTimeout(1);
		return admin;
	}

	@Bean
	TopicProvisioner topicProvisioner(KafkaListenerEndpointRegistry listeners, KafkaSettings settings) {
		return new TopicProvisioner(listeners, settings);
	}

	@Bean
	BrokerClient brokerClient(KafkaSettings settings) {
		return new BrokerClient(settings);
	}

	@Bean
	ConsumerMeters consumerMeters(KafkaListenerEndpointRegistry listeners, BrokerClient brokers, Clock clock) {
		return new ConsumerMeters(listeners, brokers, this.meters, clock);
	}

	@Bean
	TopicHealth topicsHealthIndicator(TopicProvisioner topics) {
		return new TopicHealth(topics);
	}

	@Bean
	EventPublisher eventPublisher(Producer<String, byte[]> producer, Build build, Tracing tracing) {
		return new EventPublisher(producer, build.service(), tracing);
	}

	@Bean
	OutboxRelay outboxRelay(DocumentStore documents, EventPublisher publisher, KafkaSettings settings,
			WatermarkSweep watermarks) {
		return new OutboxRelay(documents, publisher, settings, watermarks, this.meters);
	}

	@Bean
	WatermarkSweep watermarkSweep(EventPublisher publisher, ConsistencySettings settings, Clock clock) {
		return new WatermarkSweep(clock, settings.clockDifference(), publisher::sendWatermark);
	}

	@Bean
	Watermarks watermarks(MongoDatabase database) {
		return new Watermarks(database);
	}

	@Bean
	EventStream eventStream(EventPublisher publisher, JsonMapper json, KafkaSettings settings, Watermarks watermarks) {
		return new EventStream(publisher, json, settings, watermarks::advance, this.meters);
	}

	@Bean
	DeadLettersEndpoint deadLettersEndpoint(KafkaAdmin admin, ConsumerFactory<String, byte[]> consumers,
			EventPublisher publisher, Build build) {
		DeadLetterTopics topics = new DeadLetterTopics(admin, build.service());
		return new DeadLettersEndpoint(new DeadLetterReader(topics, consumers),
				new DeadLetterReplayer(topics, consumers, publisher));
	}

}
