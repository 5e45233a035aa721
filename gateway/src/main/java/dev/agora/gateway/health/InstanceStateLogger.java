package dev.agora.gateway.health;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import dev.agora.gateway.balance.Instance;
import dev.agora.gateway.balance.Instance.State;
import dev.agora.gateway.balance.InstancePool;

/**
 * Says once when a clone of a service goes away or comes back, and when its clones run
 * different builds.
 */
final class InstanceStateLogger {

	private static final Logger LOG = LoggerFactory.getLogger(InstanceStateLogger.class);

	private final InstancePool clones;

	private Map<Instance, State> said = Map.of();

	private boolean mixed;

	InstanceStateLogger(InstancePool clones, MeterRegistry meters) {
		this.clones = clones;
		Gauge.builder("clone.builds", clones, (all) -> all.builds().size())
			.description("Different builds among the clones that answer")
			.tag("service", clones.service())
			.register(meters);
	}

	void sayWhatChanged() {
		Map<Instance, State> now = new HashMap<>();
		for (Instance clone : this.clones.all()) {
			State state = clone.state();
			if (this.said.getOrDefault(clone, State.HEALTHY) != state) {
				say(clone, state);
			}
			now.put(clone, state);
		}
		this.said = now;
		sayMix(this.clones.builds());
	}

	private void say(Instance clone, State state) {
		switch (state) {
			case HEALTHY -> LOG.info("{}: {} takes requests again.", this.clones.service(), clone);
			case DRAINING -> LOG.info("{}: {} starts or stops; others get its requests.", this.clones.service(), clone);
			case EJECTED -> LOG.atLevel((clone.build() != null) ? Level.WARN : Level.INFO)
				.log("{}: {} does not answer; others get its requests.", this.clones.service(), clone);
		}
	}

	private void sayMix(SortedSet<String> builds) {
		if (builds.size() > 1 && !this.mixed) {
			this.mixed = true;
			LOG.warn("{} runs in different builds: {}.", this.clones.service(), builds);
		}
		else if (builds.size() == 1 && this.mixed) {
			this.mixed = false;
			LOG.info("{} runs in one build again: {}.", this.clones.service(), builds.first());
		}
	}

}
