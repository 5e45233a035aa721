package dev.agora.gateway.health;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;

import dev.agora.gateway.balance.Instance;
import dev.agora.gateway.balance.InstancePool;
import dev.agora.platform.lifecycle.Build;

/**
 * Measures the number of instances of each service by build and state, as this gateway
 * sees them. Builds that no instance runs any more leave the metric.
 */
final class InstanceMeters {

	private static final String UNKNOWN = "unknown";

	private final Collection<InstancePool> pools;

	private final MultiGauge instances;

	private Set<Group> last = Set.of();

	InstanceMeters(Collection<InstancePool> pools, MeterRegistry meters) {
		this.pools = pools;
		this.instances = MultiGauge.builder("instances")
			.description("The instances of a service by build and state")
			.register(meters);
		pools.forEach((pool) -> Gauge.builder("instance.builds", () -> pool.builds().size())
			.description("The number of different builds among the instances that answer")
			.tag("upstream", pool.service())
			.register(meters));
	}

	/**
	 * Registers the groups that have changed. Their gauges count the instances. A gauge
	 * that is replaced could be read twice by a scrape, which then fails, so those of
	 * other groups stay.
	 */
	void refresh() {
		Set<Group> now = this.pools.stream()
			.flatMap((pool) -> pool.all().stream().map((instance) -> Group.of(pool, instance)))
			.collect(Collectors.toSet());
		if (!now.equals(this.last)) {
			List<Row<?>> rows = now.stream().<Row<?>>map((group) -> Row.of(group.tags(), group::count)).toList();
			this.instances.register(rows);
			this.last = now;
		}
	}

	/**
	 * The instances of a service with the same build and state.
	 *
	 * @param pool the instances of the service
	 * @param build the version of the build
	 * @param state the state
	 */
	private record Group(InstancePool pool, String build, Instance.State state) {

		static Group of(InstancePool pool, Instance instance) {
			Build build = instance.build();
			return new Group(pool, (build != null) ? build.version() : UNKNOWN, instance.state());
		}

		Tags tags() {
			return Tags.of("upstream", this.pool.service(), "build", this.build, "state",
					this.state.name().toLowerCase(Locale.ROOT));
		}

		long count() {
			return this.pool.all().stream().filter((instance) -> of(this.pool, instance).equals(this)).count();
		}

	}

}
