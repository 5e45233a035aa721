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
 * A service in an image, run as the chart runs it: as nobody, without capabilities,
 * within its memory, able to write to /tmp alone.
 *
 * @param engine who runs it
 * @param name the image
 * @param build which build it is
 * @param data whose system it is
 */
record ServiceImage(ContainerEngine engine, String name, String build, DataDirectory data) implements Launchable {

	/** What the chart grants. */
	static final Map<String, String> MEMORY = Map.of("gateway", "352m", "session-service", "448m", "product-service",
			"448m", "graph-service", "384m", "feed-service", "448m");

	/** Libraries with native parts unpack them there, which Kubernetes allows as well. */
	private static final String TMP = "/tmp:exec,size=256m";

	/** What of the launcher's own environment is for the services. */
	private static final Pattern SETTING = Pattern
		.compile("(AGORA|GATEWAY|SESSION|PRODUCT|GRAPH|FEED|SPRING|LOGGING|MANAGEMENT)_.+|JAVA_TOOL_OPTIONS");

	private static final List<String> RESTRICTIONS = List.of("--network", "host", "--user", "10001:10001",
			"--read-only", "--tmpfs", TMP, "--cap-drop", "ALL", "--security-opt", "no-new-privileges", "--pids-limit",
			"512");

	@Override
	public ProcessSpec clone(ServiceInstance clone, Tier tier, boolean first) {
		String memory = MEMORY.getOrDefault(clone.module(), "512m");
		List<String> words = new ArrayList<>(this.engine.run(this.data, clone.name()));
		words.addAll(RESTRICTIONS);
		words.addAll(List.of("--memory", memory, "--memory-swap", memory));
		// Their values come by the environment of the command line, not for all to see.
		Map<String, String> settings = new TreeMap<>(clone.settings());
		Set<String> variables = new TreeSet<>(settings.keySet());
		variables.addAll(given(System.getenv().keySet()));
		variables.forEach((variable) -> words.addAll(List.of("--env", variable)));
		clone.reads().forEach((folder) -> words.addAll(List.of("--mount", mount(folder))));
		words.add(this.name);
		return new ProcessSpec(clone.name(), tier, this.build, words, settings, this.data.root(), clone.port(),
				clone.managementPort(), clone.ready(), null);
	}

	/** In quotes, since a name may have a comma: the engine reads a line of CSV. */
	private static String mount(Path folder) {
		String name = folder.toString().replace("\"", "\"\"");
		return "type=bind,\"source=" + name + "\",\"target=" + name + "\",readonly";
	}

	/** The settings among variables, but for the build, which the image knows. */
	static Set<String> given(Set<String> variables) {
		return variables.stream()
			.filter((variable) -> SETTING.matcher(variable).matches() && !variable.equals(ServiceInstance.BUILD))
			.collect(Collectors.toSet());
	}

}
