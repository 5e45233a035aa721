package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A gateway of a measurement. It reads the instances of some services from files, so that
 * others can be chosen while it runs.
 */
final class SwitchedGateway {

	private static final Duration LIMIT = Duration.ofSeconds(60);

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final Map<String, Path> files = new HashMap<>();

	private final RunningSystem.Instance process;

	/**
	 * Starts a gateway in front of all instances, and waits until it is ready.
	 * @param services the services whose instances can be chosen
	 * @param settings variables of its environment
	 */
	SwitchedGateway(Children children, RunningSystem system, List<String> services, Map<String, String> settings)
			throws IOException, InterruptedException {
		int port = Children.freePort();
		int management = Children.freePort();
		Map<String, String> environment = new HashMap<>(system.gatewayEnvironment(port, management));
		environment.put("GATEWAY_BALANCE_RESOLVEINTERVAL", "200ms");
		environment.putAll(settings);
		for (String service : services) {
			Path file = children.file(service + ".txt");
			this.files.put(service, file);
			write(service, system.instances(service).values());
			environment.put("AGORA_CLONES_" + service.toUpperCase(Locale.ROOT).replace("-", ""),
					file.toUri().toString());
		}
		Process started = children.jar(system.gatewayJar(), environment);
		this.process = new RunningSystem.Instance(started.pid(), "http://127.0.0.1:" + port,
				"http://127.0.0.1:" + management);
		children.awaitReady(URI.create(url() + "/api/v1/products"));
	}

	String url() {
		return this.process.url();
	}

	RunningSystem.Instance process() {
		return this.process;
	}

	/** Sends requests to these instances alone, and waits until it does. */
	void use(String service, Collection<RunningSystem.Instance> instances) throws IOException, InterruptedException {
		write(service, instances);
		Set<String> expected = new HashSet<>(instances.stream().map(RunningSystem.Instance::url).toList());
		long deadline = System.nanoTime() + LIMIT.toNanos();
		while (!healthy(service).equals(expected)) {
			if (System.nanoTime() > deadline) {
				throw new Problem("The gateway uses " + healthy(service) + " instead of " + expected + ".");
			}
			TimeUnit.MILLISECONDS.sleep(50);
		}
	}

	/** Returns the addresses of the instances that get requests. */
	Set<String> healthy(String service) throws IOException, InterruptedException {
		HttpRequest request = HttpRequest.newBuilder(URI.create(this.process.managementUrl() + "/actuator/clones"))
			.build();
		JsonNode state = JsonMapper.shared()
			.readTree(this.http.send(request, HttpResponse.BodyHandlers.ofString()).body());
		Set<String> addresses = new HashSet<>();
		for (JsonNode instance : state.path("services").path(service).path("clones")) {
			if (instance.path("state").asString().equals("HEALTHY")) {
				addresses.add(instance.path("address").asString());
			}
		}
		return addresses;
	}

	private void write(String service, Collection<RunningSystem.Instance> instances) throws IOException {
		Path file = this.files.get(service);
		if (file == null) {
			throw new IllegalArgumentException(service);
		}
		Path written = file.resolveSibling(file.getFileName() + ".new");
		Files.write(written, instances.stream().map(RunningSystem.Instance::url).toList());
		Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
	}

}
