package dev.agora.launcher.system;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One clone of a service: a JVM that gets its settings by its environment. */
final class ServiceProcess {

	/** Tells a process which build it is. */
	static final String BUILD = "AGORA_BUILD";

	private final String module;

	private final String name;

	private final int port;

	private final int managementPort;

	private final Map<String, String> environment = new HashMap<>(JavaCommand.ENVIRONMENT);

	ServiceProcess(String module, String name, int port, int managementPort) {
		this.module = module;
		this.name = name;
		this.port = port;
		this.managementPort = managementPort;
		set("server.port", String.valueOf(port));
		set("management.server.port", String.valueOf(managementPort));
		set("agora.instance", name);
	}

	String url() {
		return "http://127.0.0.1:" + this.port;
	}

	String name() {
		return this.name;
	}

	String module() {
		return this.module;
	}

	/** Sets a property, in the form that environment variables have. */
	ServiceProcess set(String property, String value) {
		this.environment.put(variable(property), value);
		return this;
	}

	/** Sets a property that the launcher was not given in its own environment. */
	ServiceProcess setDefault(String property, String value) {
		return System.getenv().containsKey(variable(property)) ? this : set(property, value);
	}

	private static String variable(String property) {
		return property.toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_');
	}

	ProcessSpec spec(AppJar app, Tier tier, boolean mayArchive) {
		ClassArchive archive = app.archive();
		boolean writing = mayArchive && !archive.exists();
		JavaCommand command = new JavaCommand("128m").with(archive.exists() || writing ? archive.flags() : List.of())
			.with("-jar", app.jar().toString());
		Probe ready = Probe.http("http://127.0.0.1:" + this.managementPort + "/actuator/health/readiness");
		this.environment.put(BUILD, app.build());
		return new ProcessSpec(this.name, tier, app.build(), command.words(), this.environment, app.directory(),
				this.port, this.managementPort, ready, writing ? archive : null);
	}

	static ServiceProcess of(String module, String name, Ports ports) throws IOException {
		return new ServiceProcess(module, name, ports.any(name), ports.any(name + "-management"));
	}

}
