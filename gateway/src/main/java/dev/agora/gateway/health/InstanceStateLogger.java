package dev.agora.gateway.health;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import dev.agora.gateway.balance.Instance;
import dev.agora.gateway.balance.Instance.State;
import dev.agora.gateway.balance.InstancePool;

/**
 * Logs when an instance of a service changes its state, and when the instances run
 * different builds.
 */
final class InstanceStateLogger {

	private static final Logger LOG = LoggerFactory.getLogger(InstanceStateLogger.class);

	private final InstancePool pool;

	private Map<Instance, State> lastStates = Map.of();

	private boolean buildsDiffer;

	InstanceStateLogger(InstancePool pool) {
		this.pool = pool;
	}

	void logChanges() {
		Map<Instance, State> now = new HashMap<>();
		for (Instance instance : this.pool.all()) {
			State state = instance.state();
			if (this.lastStates.getOrDefault(instance, State.HEALTHY) != state) {
				logState(instance, state);
			}
			now.put(instance, state);
		}
		this.lastStates = now;
		logBuilds(this.pool.builds());
	}

	private void logState(Instance instance, State state) {
		switch (state) {
			case HEALTHY -> LOG.info("{}: {} accepts requests again.", this.pool.service(), instance);
			case DRAINING -> LOG.info("{}: {} is starting or stopping; other instances get its requests.",
					this.pool.service(), instance);
			case EJECTED -> LOG.atLevel((instance.build() != null) ? Level.WARN : Level.INFO)
				.log("{}: {} does not answer; other instances get its requests.", this.pool.service(), instance);
		}
	}

	private void logBuilds(SortedSet<String> builds) {
		if (builds.size() > 1 && !this.buildsDiffer) {
			this.buildsDiffer = true;
			LOG.warn("The instances of {} run different builds: {}.", this.pool.service(), builds);
		}
		else if (builds.size() == 1 && this.buildsDiffer) {
			this.buildsDiffer = false;
			LOG.info("The instances of {} run one build again: {}.", this.pool.service(), builds.first());
		}
	}

}
