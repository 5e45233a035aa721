package dev.agora.gateway.balance;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

import dev.agora.platform.lifecycle.Build;

/** Shows the state of each instance, on the management port only. */
@Endpoint(id = "clones")
public final class InstancesEndpoint {

	private final InstanceRegistry registry;

	public InstancesEndpoint(InstanceRegistry registry) {
		this.registry = registry;
	}

	/** Lists all instances by service. */
	@ReadOperation
	public RegistryView instances() {
		return RegistryView.of(this.registry);
	}

	/**
	 * All instances.
	 *
	 * @param services the services by name
	 */
	public record RegistryView(Map<String, ServiceView> services) {

		static RegistryView of(InstanceRegistry registry) {
			Map<String, ServiceView> services = new TreeMap<>();
			registry.all().forEach((instances) -> services.put(instances.service(), ServiceView.of(instances)));
			return new RegistryView(services);
		}

	}

	/**
	 * The instances of one service.
	 *
	 * @param builds the builds of the instances that are not ejected
	 * @param instances the instances
	 */
	public record ServiceView(Set<String> builds, @JsonProperty("clones") List<InstanceView> instances) {

		static ServiceView of(InstancePool instances) {
			return new ServiceView(instances.builds(), instances.all().stream().map(InstanceView::of).toList());
		}

	}

	/**
	 * One instance.
	 *
	 * @param address its base address
	 * @param build its version, once known
	 * @param instance its name, once known
	 * @param state HEALTHY, DRAINING or EJECTED
	 * @param inFlight requests that it has not answered yet
	 * @param streams its open streams
	 * @param latencyMillis its recent latency; 0 while unknown
	 */
	public record InstanceView(String address, @Nullable String build, @Nullable String instance, String state,
			int inFlight, int streams, double latencyMillis) {

		static InstanceView of(Instance instance) {
			Build build = instance.build();
			return new InstanceView(instance.address().toString(), (build != null) ? build.version() : null,
					(build != null) ? build.instance() : null, instance.state().name(), instance.inFlight(),
					instance.streams(), Math.round(instance.latencyMillis() * 1000) / 1000.0);
		}

	}

}
