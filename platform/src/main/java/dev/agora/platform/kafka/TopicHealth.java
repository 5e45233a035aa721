package dev.agora.platform.kafka;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether the topics are there. In {@code health} alone, not in readiness: without topics
 * requests are served and events wait in the outboxes.
 */
final class TopicHealth implements HealthIndicator {

	private final TopicProvisioner topics;

	TopicHealth(TopicProvisioner topics) {
		this.topics = topics;
	}

	@Override
	public Health health() {
		TopicProvisioner.State state = this.topics.state();
		Health.Builder health = state.isComplete() ? Health.up() : Health.down();
		return health.withDetail("missing", state.missing()).withDetail("problem", state.problem()).build();
	}

}
