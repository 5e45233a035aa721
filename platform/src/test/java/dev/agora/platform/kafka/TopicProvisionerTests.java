package dev.agora.platform.kafka;

import java.time.Duration;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

import static org.assertj.core.api.Assertions.assertThat;

class TopicProvisionerTests {

	/** The settings of brokers that do not exist. */
	private static final KafkaSettings NOWHERE = new Binder(new MapConfigurationPropertySource(
			Map.of("agora.kafka.bootstrap-servers", "127.0.0.1:1", "agora.kafka.topics", "things.v1")))
		.bindOrCreate("agora.kafka", KafkaSettings.class);

	private final TopicProvisioner topics = new TopicProvisioner(new KafkaListenerEndpointRegistry(), NOWHERE);

	@Test
	void startsAndStopsWithTheApplication() {
		assertThat(this.topics.isRunning()).isFalse();
		try (AnnotationConfigApplicationContext application = new AnnotationConfigApplicationContext()) {
			application.registerBean(TopicProvisioner.class, () -> this.topics);
			application.refresh();
			assertThat(this.topics.isRunning()).isTrue();
		}
		assertThat(this.topics.isRunning()).isFalse();
	}

	@Test
	void reportsUnavailableBrokersInTheHealth() {
		this.topics.start();
		try {
			Awaitility.await("the topics were checked")
				.atMost(Duration.ofMinutes(1))
				.until(() -> problem().contains("are unavailable"));
			assertThat(new TopicHealth(this.topics).health().getStatus()).isEqualTo(Status.DOWN);
		}
		finally {
			this.topics.stop();
		}
	}

	private String problem() {
		Health health = new TopicHealth(this.topics).health();
		return String.valueOf(health.getDetails().get("problem"));
	}

}
