package dev.agora.launcher.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import dev.agora.launcher.root.ListenAddress;

/** One clone of a service: a JVM that gets its settings by its environment. */
public final class ServiceInstance {

	/** Tells a process which build it is. */
	public static final String BUILD = "AGORA_BUILD";

	private final String module;

	private final String name;

	private final int port;

	private final int managementPort;

	private String host = ListenAddress.LOOPBACK;

	private final Map<String, String> settings = new HashMap<>();

	private final Set<Path> reads = new TreeSet<>();

	public ServiceInstance(String module, String name, int port, int managementPort) {
		this.module = module;
		this.name = name;
		this.port = port;
		this.managementPort = managementPort;
		set("server.port", String.valueOf(port));
		set("management.server.port", String.valueOf(managementPort));
		set("server.address", ListenAddress.LOOPBACK);
		set("management.server.address", ListenAddress.LOOPBACK);
		set("agora.instance", name);
	}

	/** Has it serve at another address of this machine, or at all of them. */
	public ServiceInstance servesAt(String address) {
		this.host = address.equals(ListenAddress.ALL) ? ListenAddress.LOOPBACK : address;
		return set("server.address", address);
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

	/** Sets a property, in the form that environment variables have. */
	public ServiceInstance set(String property, String value) {
		this.settings.put(variable(property), value);
		return this;
	}

	/** Sets a property that the launcher was not given in its own environment. */
	public ServiceInstance setDefault(String property, String value) {
		return System.getenv().containsKey(variable(property)) ? this : set(property, value);
	}

	private static String variable(String property) {
		return property.toUpperCase(Locale.ROOT).replace("-", "").replace('.', '_');
	}

	/** Sets a property to a file. */
	public ServiceInstance reads(String property, Path file) {
		this.reads.add(file.getParent());
		return set(property, file.toString());
	}

	public Map<String, String> settings() {
		return Map.copyOf(this.settings);
	}

	/** The folders of the files it reads. */
	public Set<Path> reads() {
		return Set.copyOf(this.reads);
	}

	public Probe ready() {
		return Probe.http("http://127.0.0.1:" + this.managementPort + "/actuator/health/readiness");
	}

	public int port() {
		return this.port;
	}

	public int managementPort() {
		return this.managementPort;
	}

	public static ServiceInstance of(String module, String name, Ports ports) throws IOException {
		return new ServiceInstance(module, name, ports.any(name), ports.any(name + "-management"));
	}

}
