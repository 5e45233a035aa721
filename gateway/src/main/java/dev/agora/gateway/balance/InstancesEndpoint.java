package dev.agora.gateway.balance;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

import dev.agora.platform.lifecycle.Build;

/** What the gateway knows about each clone, on the management port alone. */
@Endpoint(id = "clones")
public final class InstancesEndpoint {

	private final InstanceRegistry fleet;

	public InstancesEndpoint(InstanceRegistry fleet) {
		this.fleet = fleet;
	}

	/** All clones by service. */
	@ReadOperation
	public FleetView clones() {
		return FleetView.of(this.fleet);
	}

	/**
	 * All clones.
	 *
	 * @param services by the service's name
	 */
	public record FleetView(Map<String, ClonesView> services) {

		static FleetView of(InstanceRegistry fleet) {
			Map<String, ClonesView> services = new TreeMap<>();
			fleet.all().forEach((clones) -> services.put(clones.service(), ClonesView.of(clones)));
			return new FleetView(services);
		}

	}

	/**
	 * The clones of a service.
	 *
	 * @param builds of those that answer
	 * @param clones each of them
	 */
	public record ClonesView(Set<String> builds, List<CloneView> clones) {

		static ClonesView of(InstancePool clones) {
			return new ClonesView(clones.builds(), clones.all().stream().map(CloneView::of).toList());
		}

	}

	/**
	 * One clone.
	 *
	 * @param address where it is
	 * @param build its version, once it has said it
	 * @param instance its name, once it has said it
	 * @param state HEALTHY, DRAINING or EJECTED
	 * @param inFlight requests that it has not answered yet
	 * @param latencyMillis how long it takes lately; 0 while that is not known
	 */
	public record CloneView(String address, @Nullable String build, @Nullable String instance, String state,
			int inFlight, double latencyMillis) {

		static CloneView of(Instance clone) {
			Build build = clone.build();
			return new CloneView(clone.address().toString(), (build != null) ? build.version() : null,
					(build != null) ? build.instance() : null, clone.state().name(), clone.inFlight(),
					Math.round(clone.latencyMillis() * 1000) / 1000.0);
		}

	}

}
