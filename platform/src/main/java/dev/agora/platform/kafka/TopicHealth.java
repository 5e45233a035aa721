package dev.agora.platform.kafka;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Reports whether the topics exist. It is part of {@code health} but not of readiness:
 * without topics the service still serves requests, and events wait in the outboxes.
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
