package dev.agora.platform.kafka.deadletter;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;

import org.springframework.kafka.core.KafkaAdmin;

import dev.agora.platform.problem.NotFound;
import dev.agora.platform.problem.Unavailable;

/** Finds the dead-letter topics of this service's listeners. All methods block. */
public final class DeadLetterTopics {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final KafkaAdmin admin;

	private final String service;

	public DeadLetterTopics(KafkaAdmin admin, String service) {
		this.admin = admin;
		this.service = service.replace("-service", "");
	}

	/** Lists the topics, ordered by name. */
	List<DeadLetterTopic> list() {
		try (Admin client = Admin.create(this.admin.getConfigurationProperties())) {
			return client.listTopics()
				.names()
				.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
				.stream()
				.map((name) -> DeadLetterTopic.parse(name, this.service))
				.flatMap(Optional::stream)
				.sorted(Comparator.comparing(DeadLetterTopic::name))
				.toList();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new Unavailable("The request was interrupted while it waited for the brokers.", TIMEOUT);
		}
		catch (ExecutionException | TimeoutException ex) {
			throw unavailable();
		}
	}

	/**
	 * Returns a topic by its name.
	 * @throws NotFound if this service has no such topic
	 */
	DeadLetterTopic require(String name) {
		return list().stream()
			.filter((topic) -> topic.name().equals(name))
			.findFirst()
			.orElseThrow(() -> NotFound.of("dead-letter topic", name));
	}

	static Unavailable unavailable() {
		return new Unavailable("The Kafka brokers are unavailable.", TIMEOUT);
	}

}
