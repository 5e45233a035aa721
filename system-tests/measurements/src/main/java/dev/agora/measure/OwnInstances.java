package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * Starts instances of a service for a measurement, with the settings of a running one.
 */
final class OwnInstances {

	private final RunningSystem system;

	private final String service;

	private final Map<String, String> environment;

	/** Copies the environment of an instance, which may be stopped afterwards. */
	OwnInstances(RunningSystem system, String service) throws IOException {
		this.system = system;
		this.service = service;
		this.environment = system.environment(service, 0, 0, service + "-measured");
	}

	/** Returns a variable of the environment. */
	String setting(String name) {
		String value = this.environment.get(name);
		if (value == null) {
			throw new Problem(this.service + " runs without " + name + ".");
		}
		return value;
	}

	/**
	 * Starts an instance, and waits until it is ready.
	 * @param settings the variables that differ from the running instance
	 */
	RunningSystem.Instance start(Children children, Map<String, String> settings)
			throws IOException, InterruptedException {
		int port = Children.freePort();
		int management = Children.freePort();
		Map<String, String> variables = new HashMap<>(this.environment);
		variables.put("SERVER_PORT", String.valueOf(port));
		variables.put("MANAGEMENT_SERVER_PORT", String.valueOf(management));
		variables.put("AGORA_INSTANCE", this.service + "-measured-" + port);
		variables.putAll(settings);
		Process process = children.jar(this.system.jar(this.service), variables);
		RunningSystem.Instance instance = new RunningSystem.Instance(process.pid(), "http://127.0.0.1:" + port,
				"http://127.0.0.1:" + management);
		children.awaitReady(URI.create(instance.managementUrl() + "/actuator/health/readiness"));
		return instance;
	}

}
