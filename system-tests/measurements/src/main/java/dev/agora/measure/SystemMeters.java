package dev.agora.measure;

import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The CPU time of all processes that a load needs, by what they are. */
final class SystemMeters {

	private final Map<String, CpuMeter> meters = new LinkedHashMap<>();

	private final List<CpuMeter> limited;

	/**
	 * Creates the meters of a load.
	 * @param group the instances that do the work, of which those count that the quotas
	 * limit
	 */
	SystemMeters(RunningSystem system, CloneGroup group, RunningSystem.Instance gateway) {
		this.meters.put(ClonePoint.INSTANCES, new CpuMeter(group.limited()));
		this.meters.put("gateway", new CpuMeter(List.of(gateway)));
		for (String store : List.of("redis", "mongodb", "kafka")) {
			this.meters.put(store, new CpuMeter(system.instances(store).values()));
		}
		this.meters.put(ClonePoint.CLIENT,
				new CpuMeter(List.of(new RunningSystem.Instance(ProcessHandle.current().pid(), "", ""))));
		this.limited = group.limited().stream().map((instance) -> new CpuMeter(List.of(instance))).toList();
	}

	void start() throws IOException {
		for (CpuMeter meter : all()) {
			meter.start();
		}
	}

	void stop() throws IOException {
		for (CpuMeter meter : all()) {
			meter.stop();
		}
	}

	private Collection<CpuMeter> all() {
		return Stream.concat(this.meters.values().stream(), this.limited.stream()).toList();
	}

	/** Returns the CPU seconds by kind of process. */
	Map<String, Double> seconds() {
		Map<String, Double> seconds = new LinkedHashMap<>();
		this.meters.forEach((name, meter) -> seconds.put(name, meter.seconds()));
		return seconds;
	}

	/** Returns the CPU seconds of each instance that the quotas limit. */
	List<Double> secondsOfInstances() {
		return this.limited.stream().map(CpuMeter::seconds).toList();
	}

}
