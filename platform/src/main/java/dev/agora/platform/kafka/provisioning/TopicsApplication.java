package dev.agora.platform.kafka.provisioning;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import dev.agora.platform.kafka.KafkaSettings;
import dev.agora.platform.settings.LiteralSecrets;

/**
 * Creates the missing topics of all services and ends. The chart runs it with the image
 * of a service before the services start, with the replication of its values.
 */
@SpringBootConfiguration
@EnableConfigurationProperties({ KafkaSettings.class, TopicsSettings.class })
@Import(LiteralSecrets.class)
public class TopicsApplication {

	private static final Logger log = LoggerFactory.getLogger(TopicsApplication.class);

	private static final int TIMEOUT_MS = 10_000;

	private static final int PAUSE_SECONDS = 2;

	@Bean
	CommandLineRunner provision(KafkaSettings kafka, TopicsSettings settings) {
		return (arguments) -> create(kafka, settings);
	}

	/**
	 * Tries again while the brokers are unavailable, until the time-out of the settings.
	 */
	private static void create(KafkaSettings kafka, TopicsSettings settings) throws InterruptedException {
		long end = System.nanoTime() + settings.timeout().toNanos();
		while (true) {
			try (Admin client = Admin
				.create(kafka.clientProperties(Map.of(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS,
						AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS)))) {
				create(client, new MissingTopics(kafka, settings));
				return;
			}
			catch (KafkaException | ExecutionException ex) {
				if (!isTransient(ex) || System.nanoTime() > end) {
					throw new IllegalStateException("The topics cannot be created with the brokers at "
							+ kafka.bootstrapServers() + ". Check the addresses, the network policies, and the"
							+ " credentials and permissions of the user.", ex);
				}
				log.info("The brokers do not respond yet: {}", ex.toString());
				TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
			}
		}
	}

	private static void create(Admin client, MissingTopics missing) throws ExecutionException, InterruptedException {
		List<NewTopic> topics = missing.among(client.listTopics().names().get());
		for (KafkaFuture<Void> created : client.createTopics(topics).values().values()) {
			try {
				created.get();
			}
			catch (ExecutionException ex) {
				// A service may have created the topic meanwhile.
				if (!(ex.getCause() instanceof TopicExistsException)) {
					throw ex;
				}
			}
		}
		log.info("{} topics are created: {}", topics.size(), topics.stream().map(NewTopic::name).toList());
	}

	/**
	 * Whether the brokers may respond later: they are unavailable, or the names of all of
	 * them do not resolve.
	 */
	private static boolean isTransient(Exception failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			boolean unresolved = cause instanceof ConfigException
					&& String.valueOf(cause.getMessage()).contains("resolvable");
			if (unresolved || cause instanceof RetriableException) {
				return true;
			}
		}
		return false;
	}

	/** Fails, and so ends with the status 1, if the topics cannot be created. */
	public static void main(String[] arguments) {
		SpringApplication application = new SpringApplication(TopicsApplication.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		application.run(arguments).close();
	}

}
