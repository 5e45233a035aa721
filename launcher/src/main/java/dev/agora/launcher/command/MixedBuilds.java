package dev.agora.launcher.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.agora.launcher.local.LocalSystem;
import dev.agora.launcher.process.supervision.SystemState;
import dev.agora.launcher.root.ProcessState;

/** Finds services whose instances run different builds, as during a rolling restart. */
final class MixedBuilds {

	private MixedBuilds() {
	}

	/**
	 * Returns a line for each service with different builds. The builds are those that
	 * the launcher has started and those that the gateways report.
	 */
	static List<String> find(SystemState state) throws InterruptedException {
		Map<String, Map<String, String>> builds = new TreeMap<>();
		for (ProcessState process : state.processes().stream().filter((it) -> it.handle().isPresent()).toList()) {
			builds.computeIfAbsent(process.service(), (name) -> new TreeMap<>()).put(process.name(), process.version());
		}
		for (ProcessState gateway : state.instancesOf(LocalSystem.GATEWAY)) {
			GatewayView view = GatewayView.fetch(gateway);
			builds.forEach((service, instances) -> instances.putAll(view.builds(service)));
		}
		List<String> lines = new ArrayList<>();
		builds.forEach((service, instances) -> {
			if (new HashSet<>(instances.values()).size() > 1) {
				lines.add("The instances of " + service + " run different builds: " + instances);
			}
		});
		return lines;
	}

}
