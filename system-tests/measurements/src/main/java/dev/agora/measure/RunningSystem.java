package dev.agora.measure;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The system that {@code ./agora up} has started, read from its {@code system.json}. */
final class RunningSystem {

	private static final String HOST = "http://127.0.0.1:";

	private static final List<String> LIMITS = List.of("ADDRESS", "ADDRESSBURST", "MEMBER", "MEMBERBURST");

	private final JsonNode state;

	private final Path root;

	private final Path data;

	RunningSystem(Path root, Path data) throws IOException {
		this.data = data;
		File file = data.resolve("system.json").toFile();
		if (!file.isFile()) {
			throw new Problem("No system runs on " + data + ": start one with ./agora up");
		}
		this.root = root;
		this.state = JsonMapper.shared().readTree(file);
	}

	/**
	 * Returns the system as it is now: a process that was started again has another id.
	 */
	RunningSystem refreshed() throws IOException {
		return new RunningSystem(this.root, this.data);
	}

	String gatewayUrl() {
		String url = this.state.path("gatewayUrl").asString();
		if (url.isEmpty()) {
			throw new Problem("The system on " + this.data + " is not ready yet.");
		}
		return url;
	}

	/** Returns the address that starts and kills processes. */
	String controlUrl() {
		return this.state.path("controlUrl").asString();
	}

	/** Returns the instances of a service by name. */
	Map<String, Instance> instances(String service) {
		Map<String, Instance> instances = new HashMap<>();
		for (JsonNode process : this.state.path("processes")) {
			String name = process.path("name").asString();
			if (name.equals(service) || name.startsWith(service + "-")) {
				instances.put(name, new Instance(process.path("pid").asLong(), HOST + process.path("port").asInt(),
						HOST + process.path("managementPort").asInt()));
			}
		}
		if (instances.isEmpty()) {
			throw new Problem("The running system has no " + service + ".");
		}
		return instances;
	}

	/** Returns the commit of the project that is checked out, or that it is unknown. */
	String commit() throws IOException, InterruptedException {
		Process git = new ProcessBuilder("git", "-C", this.root.toString(), "describe", "--always", "--dirty")
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
		String commit = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
		return (git.waitFor() == 0) ? "Commit " + commit + "." : "The commit is unknown.";
	}

	/** Returns the processes of the system, the launcher included. */
	Set<Long> pids() {
		Set<Long> pids = new HashSet<>(Set.of(this.state.path("launcher").path("pid").asLong()));
		this.state.path("processes").forEach((process) -> pids.add(process.path("pid").asLong()));
		return pids;
	}

	/** Returns the process ids of all services, gateways and the console. */
	List<Long> services() {
		return this.state.path("processes")
			.valueStream()
			.filter((process) -> process.path("managementPort").asInt() > 0)
			.map((process) -> process.path("pid").asLong())
			.toList();
	}

	/** Returns the environment of another gateway in front of the same services. */
	Map<String, String> gatewayEnvironment(int port, int managementPort) {
		Map<String, String> environment = new HashMap<>();
		environment.put("SERVER_PORT", String.valueOf(port));
		environment.put("MANAGEMENT_SERVER_PORT", String.valueOf(managementPort));
		environment.put("AGORA_INSTANCE", "gateway-measured");
		// The limits are counted but never reached: all load comes from one address.
		LIMITS.forEach((limit) -> environment.put("GATEWAY_LIMIT_RATE_" + limit, "1000000"));
		environment.put("AGORA_REDIS_ADDRESS",
				instances("redis").values().iterator().next().url().replace("http:", "redis:"));
		for (String service : List.of("session-service", "product-service", "graph-service", "feed-service")) {
			String urls = String.join(",", instances(service).values().stream().map(Instance::url).toList());
			environment.put("AGORA_CLONES_" + service.toUpperCase(Locale.ROOT).replace("-", ""), urls);
		}
		return environment;
	}

	/**
	 * Returns the environment of another instance of a service beside the running ones,
	 * copied from one of them.
	 */
	Map<String, String> environment(String service, int port, int managementPort, String name) throws IOException {
		long running = instances(service).values().iterator().next().pid();
		Map<String, String> environment = new HashMap<>();
		for (String variable : Files.readString(Path.of("/proc", String.valueOf(running), "environ")).split("\0", -1)) {
			int equals = variable.indexOf('=');
			if (equals > 0) {
				environment.put(variable.substring(0, equals), variable.substring(equals + 1));
			}
		}
		environment.put("SERVER_PORT", String.valueOf(port));
		environment.put("MANAGEMENT_SERVER_PORT", String.valueOf(managementPort));
		environment.put("AGORA_INSTANCE", name);
		return environment;
	}

	Path gatewayJar() {
		return jar("gateway");
	}

	/** Returns the data directory of the system. */
	Path data() {
		return this.data;
	}

	/** Returns the runnable jar of a module. */
	Path jar(String module) {
		Path jar = this.root.resolve(module + "/target/" + module + "-0.1.0-SNAPSHOT-exec.jar");
		if (!Files.isRegularFile(jar)) {
			throw new Problem(jar + " is missing: build it with ./mvnw package");
		}
		return jar;
	}

	/**
	 * A process of the system.
	 *
	 * @param pid its process id
	 * @param url its address
	 * @param managementUrl the address of its health and metrics
	 */
	record Instance(long pid, String url, String managementUrl) {
	}

}
