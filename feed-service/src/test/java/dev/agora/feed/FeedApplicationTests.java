package dev.agora.feed;

import java.io.IOException;
import java.nio.file.Path;

import com.nimbusds.jose.JOSEException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.agora.platform.testing.TestCallers;
import dev.agora.platform.testing.TestMongoServer;

import static org.assertj.core.api.Assertions.assertThat;

/** Starts the whole service while Redis and Kafka are unavailable. */
class FeedApplicationTests {

	@Test
	void listensInTheGroupsThatTheDocsName(@TempDir Path directory) throws IOException, JOSEException {
		try (TestMongoServer mongo = new TestMongoServer();
				ConfigurableApplicationContext service = SpringApplication.run(FeedApplication.class, "--server.port=0",
						"--management.server.port=0", "--agora.mongodb.uri=" + mongo.uri(),
						"--agora.identity.jwks=" + TestCallers.of("feed-service").jwks(directory),
						"--agora.redis.address=redis://127.0.0.1:1", "--agora.kafka.bootstrap-servers=127.0.0.1:1",
						"--agora.kafka.topics=", "--agora.kafka.delivery-timeout=1s",
						"--logging.config=classpath:logback-test.xml", "--logging.level.org.apache.kafka=OFF")) {
			assertThat(service.getBean(KafkaListenerEndpointRegistry.class).getListenerContainers())
				.extracting(MessageListenerContainer::getGroupId)
				.containsExactlyInAnyOrder("feed.members", "feed.products", "feed.prices", "feed.reviews",
						"feed.follows", "feed.follow-projection", "feed.friendships", "feed.blocks",
						"feed.block-projection", "feed.timelines", "feed.fan-outs", "feed.reconciler",
						"feed.export-requests", "feed.export-parts", "feed.export-jobs");
		}
	}

}
