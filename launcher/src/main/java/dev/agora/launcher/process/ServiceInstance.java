package dev.agora.launcher.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.agora.launcher.root.ListenAddress;

/**
 * The name, ports and settings of one instance, which reads them from its environment.
 */
public final class ServiceInstance {

	/** The variable that names the build of a process. */
	public static final String BUILD = "AGORA_BUILD";

	private final String module;

	private final String name;

	private final int port;

	private final int managementPort;

	private String host = ListenAddress.LOOPBACK;

	private String heap = "128m";

	private final Map<String, String> settings = new HashMap<>();

	private final Set<Path> folders = new TreeSet<>();

	public ServiceInstance(String module, String name, int port, int managementPort) {
		this.module = module;
		this.name = name;
		this.port = port;
		this.managementPort = managementPort;
		set("server.port", String.valueOf(port));
		set("server.address", ListenAddress.LOOPBACK);
		if (managementPort != port) {
			set("management.server.port", String.valueOf(managementPort));
			set("management.server.address", ListenAddress.LOOPBACK);
		}
		set("agora.instance", name);
	}

	/** Sets the address of this machine at which the instance serves, or all of them. */
	public ServiceInstance listenOn(String address) {
		this.host = address.equals(ListenAddress.ALL) ? ListenAddress.LOOPBACK : address;
		return set("server.address", address);
	}

	/** Sets the maximum heap size of its JVM. */
	public ServiceInstance limitHeap(String size) {
		this.heap = size;
		return this;
	}

	public String heap() {
		return this.heap;
	}

	public String url() {
		return "http://" + this.host + ":" + this.port;
	}

	public String name() {
		return this.name;
	}

	public String module() {
		return this.module;
	}

	/** Sets a property by the environment variable of its name. */
	public ServiceInstance set(String property, String value) {
		this.settings.put(variable(property), value);
		return this;
	}

	/** Sets a property unless the launcher's own environment has it. */
	public ServiceInstance setDefault(String property, String value) {
		return System.getenv().containsKey(variable(property)) ? this : set(property, value);
	}

	private static String variable(String property) {
		return property.toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_');
	}

	/** Sets a property to a file that the instance reads. */
	public ServiceInstance setFile(String property, Path file) {
		this.folders.add(file.getParent());
		return set(property, file.toString());
	}

	public Map<String, String> settings() {
		return Map.copyOf(this.settings);
	}

	/** Returns the folders of the files that the instance reads. */
	public Set<Path> folders() {
		return Set.copyOf(this.folders);
	}

	public Probe readiness() {
		return Probe.http("http://127.0.0.1:" + this.managementPort + "/actuator/health/readiness");
	}

	public int port() {
		return this.port;
	}

	public int managementPort() {
		return this.managementPort;
	}

	/** Creates an instance with ports that may change. */
	public static ServiceInstance of(String module, String name, Ports ports) throws IOException {
		return new ServiceInstance(module, name, ports.any(name), ports.any(name + "-management"));
	}

}
