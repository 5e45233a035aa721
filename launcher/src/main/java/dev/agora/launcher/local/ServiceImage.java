package dev.agora.launcher.local;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import dev.agora.launcher.container.ContainerEngine;
import dev.agora.launcher.process.Launchable;
import dev.agora.launcher.process.ProcessSpec;
import dev.agora.launcher.process.ServiceInstance;
import dev.agora.launcher.process.Tier;
import dev.agora.launcher.root.DataDirectory;

/**
 * The image of a service, which runs with the restrictions of the chart: as an unknown
 * user, without capabilities, within its memory limit, and with write access to /tmp
 * only.
 *
 * @param engine the engine that runs the containers
 * @param name the name of the image
 * @param build the build that the image contains
 * @param data the data directory of the system
 */
record ServiceImage(ContainerEngine engine, String name, String build, DataDirectory data) implements Launchable {

	/** The memory limits of the chart. */
	static final Map<String, String> MEMORY = Map.of("gateway", "464m", "session-service", "448m", "product-service",
			"448m", "graph-service", "384m", "feed-service", "448m");

	/** Allows execution, since libraries unpack native code there, as in Kubernetes. */
	private static final String TMP = "/tmp:exec,size=256m";

	/** The variables of the launcher's own environment that the services get. */
	private static final Pattern SETTINGS = Pattern
		.compile("(AGORA|GATEWAY|SESSION|PRODUCT|GRAPH|FEED|TRACING|SPRING|LOGGING|MANAGEMENT)_.+|JAVA_TOOL_OPTIONS");

	private static final List<String> RESTRICTIONS = List.of("--network", "host", "--user", "10001:10001",
			"--read-only", "--tmpfs", TMP, "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--pids-limit",
			"512");

	/**
	 * By these variables of a pod, Spring Boot detects Kubernetes and changes defaults.
	 */
	private static final List<String> POD = List.of("--env", "KUBERNETES_SERVICE_HOST=10.96.0.1", "--env",
			"KUBERNETES_SERVICE_PORT=443");

	@Override
	public ProcessSpec specify(ServiceInstance instance, Tier tier, boolean first) {
		String memory = MEMORY.getOrDefault(instance.module(), "512m");
		List<String> words = new ArrayList<>(this.engine.runCommand(this.data, instance.name()));
		words.addAll(RESTRICTIONS);
		words.addAll(POD);
		words.addAll(List.of("--memory", memory, "--memory-swap", memory));
		// The values come from the environment, since every user can see a command line.
		Map<String, String> settings = new TreeMap<>(instance.settings());
		Set<String> variables = new TreeSet<>(settings.keySet());
		variables.addAll(settingsAmong(System.getenv().keySet()));
		variables.forEach((variable) -> words.addAll(List.of("--env", variable)));
		instance.folders().forEach((folder) -> words.addAll(List.of("--mount", mount(folder))));
		words.add(this.name);
		return new ProcessSpec(instance.name(), tier, this.build, words, settings, this.data.root(), instance.port(),
				instance.managementPort(), instance.readiness(), null);
	}

	/** Quotes the names, since the engine reads the option as a line of CSV. */
	private static String mount(Path folder) {
		String name = folder.toString().replace("\"", "\"\"");
		return "type=bind,\"source=" + name + "\",\"target=" + name + "\",readonly";
	}

	/** Selects the settings among variables, without the build, which the image sets. */
	static Set<String> settingsAmong(Set<String> variables) {
		return variables.stream()
			.filter((variable) -> SETTINGS.matcher(variable).matches() && !variable.equals(ServiceInstance.BUILD))
			.collect(Collectors.toSet());
	}

}
