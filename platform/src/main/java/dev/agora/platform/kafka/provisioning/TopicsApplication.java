package dev.agora.platform.kafka.provisioning;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.retry.RetryException;
import org.springframework.core.retry.RetryListener;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryState;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.core.retry.Retryable;

import dev.agora.platform.kafka.KafkaSettings;
import dev.agora.platform.kafka.topic.TopicCreation;
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

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final Duration PAUSE = Duration.ofSeconds(2);

	@Bean
	CommandLineRunner provision(KafkaSettings kafka, TopicsSettings settings) {
		return (arguments) -> create(kafka, settings);
	}

	/**
	 * Tries again while the brokers are unavailable, until the time-out of the settings.
	 */
	private static void create(KafkaSettings kafka, TopicsSettings settings) {
		RetryTemplate retry = new RetryTemplate(RetryPolicy.builder()
			.maxRetries(Long.MAX_VALUE)
			.delay(PAUSE)
			.timeout(settings.timeout())
			.predicate(TopicsApplication::isTransient)
			.build());
		retry.setRetryListener(new FailureLog());
		try {
			retry.execute(() -> createOnce(kafka, settings));
		}
		catch (RetryException ex) {
			throw new IllegalStateException("The topics cannot be created with the brokers at "
					+ kafka.bootstrapServers() + ". Check the addresses, the network policies, and the"
					+ " credentials and permissions of the user.", ex.getCause());
		}
	}

	private static List<NewTopic> createOnce(KafkaSettings kafka, TopicsSettings settings)
			throws ExecutionException, InterruptedException {
		try (Admin client = kafka.createAdmin(TIMEOUT)) {
			List<NewTopic> topics = new MissingTopics(kafka, settings).among(client.listTopics().names().get());
			Optional<ExecutionException> failure = TopicCreation.create(client, topics);
			if (failure.isPresent()) {
				throw failure.get();
			}
			log.info("{} topics are created: {}", topics.size(), topics.stream().map(NewTopic::name).toList());
			return topics;
		}
	}

	/**
	 * Whether the brokers may respond later: they are unavailable, or the names of all of
	 * them do not resolve.
	 */
	private static boolean isTransient(Throwable failure) {
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

	/** Logs why the process tries again. */
	private static final class FailureLog implements RetryListener {

		@Override
		public void beforeRetry(RetryPolicy policy, Retryable<?> retryable, RetryState state) {
			log.info("The brokers do not respond yet: {}", state.getLastException().toString());
		}

	}

}
