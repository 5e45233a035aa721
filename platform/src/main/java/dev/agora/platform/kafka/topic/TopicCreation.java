package dev.agora.platform.kafka.topic;

import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates topics. */
public final class TopicCreation {

	private TopicCreation() {
	}

	/**
	 * Creates topics. The failure of one does not keep the others from being created, and
	 * one that another process has created meanwhile is no failure.
	 * @return the last failure, empty if all topics exist
	 */
	public static Optional<ExecutionException> create(Admin client, Collection<NewTopic> topics)
			throws InterruptedException {
		Optional<ExecutionException> failure = Optional.empty();
		for (KafkaFuture<Void> created : client.createTopics(topics).values().values()) {
			try {
				created.get();
			}
			catch (ExecutionException ex) {
				failure = (ex.getCause() instanceof TopicExistsException) ? failure : Optional.of(ex);
			}
		}
		return failure;
	}

}
