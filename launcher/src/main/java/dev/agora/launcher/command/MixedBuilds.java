package dev.agora.launcher.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.agora.launcher.local.LocalSystem;
import dev.agora.launcher.process.supervision.SystemState;
import dev.agora.launcher.root.ProcessState;

/** Tells which services run more than one build: in a rolling restart for a while. */
final class MixedBuilds {

	private MixedBuilds() {
	}

	/**
	 * One line for each service that is mixed, by what was started and by what the
	 * gateways see of it.
	 */
	static List<String> of(SystemState state) throws InterruptedException {
		Map<String, Map<String, String>> builds = new TreeMap<>();
		for (ProcessState process : state.processes().stream().filter((it) -> it.handle().isPresent()).toList()) {
			builds.computeIfAbsent(process.service(), (name) -> new TreeMap<>()).put(process.name(), process.version());
		}
		for (ProcessState gateway : state.clonesOf(LocalSystem.GATEWAY)) {
			GatewayView seen = GatewayView.of(gateway);
			builds.forEach((service, clones) -> clones.putAll(seen.builds(service)));
		}
		List<String> lines = new ArrayList<>();
		builds.forEach((service, clones) -> {
			if (new HashSet<>(clones.values()).size() > 1) {
				lines.add("Mixed builds of " + service + ": " + clones);
			}
		});
		return lines;
	}

}
