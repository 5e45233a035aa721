package dev.agora.platform.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.core.log.LogAccessor;
import org.springframework.kafka.KafkaException;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;

import dev.agora.platform.problem.Unavailable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class BatchErrorHandlerTests {

	private static final TopicPartition PARTITION = new TopicPartition("things", 0);

	@Test
	void commitsNoBatchWhenItStopsWhileItWaits() {
		KafkaException stopped = catchThrowableOfType(KafkaException.class, this::handleWhileStopping);
		assertThat(stopped).hasMessageContaining("stopped while it waited for a store");
		assertThat(levelOf(stopped)).isEqualTo(Level.DEBUG);
	}

	private void handleWhileStopping() {
		MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
		consumer.assign(List.of(PARTITION));
		consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
		ConsumerRecords<String, byte[]> batch = new ConsumerRecords<>(
				Map.of(PARTITION, List.of(new ConsumerRecord<>("things", 0, 0, "key", new byte[0]))), Map.of());
		new BatchErrorHandler().handleBatch(new Unavailable("The store is unavailable.", Duration.ZERO), batch,
				consumer, new ConcurrentMessageListenerContainer<>(new DefaultKafkaConsumerFactory<>(Map.of()),
						new ContainerProperties("things")),
				() -> {
				});
	}

	/** Returns the level at which the container logs the exception. */
	private static Level levelOf(KafkaException thrown) {
		Logger logger = (Logger) LoggerFactory.getLogger(BatchErrorHandlerTests.class);
		ListAppender<ILoggingEvent> appender = new ListAppender<>();
		logger.setLevel(Level.DEBUG);
		logger.setAdditive(false);
		logger.addAppender(appender);
		appender.start();
		thrown.selfLog("The handler threw", new LogAccessor(BatchErrorHandlerTests.class));
		return appender.list.get(0).getLevel();
	}

}
