package dev.agora.launcher.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;

import dev.agora.launcher.process.Ports;
import dev.agora.launcher.process.ProcessSpec;
import dev.agora.launcher.process.ServiceInstance;
import dev.agora.launcher.process.supervision.Supervisor;
import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.Problem;

/**
 * Adds instances of services to the running system, and removes them. The gateways read
 * the addresses of added instances from a file for each service.
 */
public final class Clones {

	/** The maximum number of instances of a service. */
	public static final int MAX_INSTANCES = 9;

	private final DataDirectory data;

	private final Ports ports;

	private final Supervisor supervisor;

	private final Map<String, Template> templates = new TreeMap<>();

	/** The added instances by name, those that are being started too. */
	private final Map<String, ServiceInstance> added = new TreeMap<>();

	/** The names of the added instances whose addresses the gateways may read. */
	private final Set<String> ready = new HashSet<>();

	Clones(DataDirectory data, Ports ports, Supervisor supervisor) {
		this.data = data;
		this.ports = ports;
		this.supervisor = supervisor;
	}

	/**
	 * Registers a service that may get more instances.
	 * @return the address of the file for the gateways
	 */
	synchronized String register(String service, int instances, Specification specification) throws IOException {
		this.templates.put(service, new Template(instances, specification));
		writeAddresses(service);
		return file(service).toUri().toString().replace(",", "%2C");
	}

	/** Adds an instance and waits until it is ready; returns its name. */
	String add(String service) throws IOException, InterruptedException {
		ServiceInstance instance = next(service);
		boolean published = false;
		try {
			this.supervisor.start(specify(instance)).join();
			publish(instance);
			published = true;
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof Problem problem) ? problem : ex;
		}
		finally {
			if (!published) {
				discard(instance);
			}
		}
		return instance.name();
	}

	private synchronized void publish(ServiceInstance instance) throws IOException {
		this.ready.add(instance.name());
		writeAddresses(instance.module());
	}

	/** Gives the name of an instance back, even if its process does not end in order. */
	private void discard(ServiceInstance instance) throws IOException, InterruptedException {
		try {
			this.supervisor.remove(instance.name());
		}
		finally {
			forget(instance.name());
		}
	}

	private synchronized ServiceInstance next(String service) throws IOException {
		Template template = this.templates.get(service);
		if (template == null) {
			throw new Problem("There are no more instances of " + service + " to be had. Choose one of these: "
					+ String.join(", ", this.templates.keySet()) + ".");
		}
		for (int number = template.instances() + 1; number <= MAX_INSTANCES; number++) {
			String name = service + "-" + number;
			if (!this.added.containsKey(name)) {
				ServiceInstance instance = ServiceInstance.of(service, name, this.ports);
				this.added.put(name, instance);
				return instance;
			}
		}
		throw new Problem(service + " has " + MAX_INSTANCES + " instances already.");
	}

	private synchronized ProcessSpec specify(ServiceInstance instance) throws IOException {
		return Objects.requireNonNull(this.templates.get(instance.module())).specification().specify(instance);
	}

	/** Stops an instance that was added. It drains first, so that no request fails. */
	void remove(String name) throws IOException, InterruptedException {
		synchronized (this) {
			if (!this.added.containsKey(name)) {
				throw new Problem(name + " was not added to the running system. Stop it: ./agora stop " + name);
			}
		}
		this.supervisor.remove(name);
		forget(name);
	}

	private synchronized void forget(String name) throws IOException {
		ServiceInstance instance = this.added.remove(name);
		if (this.ready.remove(name) && instance != null) {
			writeAddresses(instance.module());
		}
	}

	private void writeAddresses(String service) throws IOException {
		String addresses = this.added.values()
			.stream()
			.filter((instance) -> instance.module().equals(service) && this.ready.contains(instance.name()))
			.map((instance) -> instance.url() + "\n")
			.collect(Collectors.joining());
		DataDirectory.writeAtomically(file(service), addresses.getBytes(StandardCharsets.UTF_8));
	}

	private Path file(String service) throws IOException {
		return this.data.directory("instances").resolve(service + ".txt").toAbsolutePath();
	}

	/** Describes the process of an added instance. */
	interface Specification {

		ProcessSpec specify(ServiceInstance instance) throws IOException;

	}

	/**
	 * A service that may get more instances.
	 *
	 * @param instances the number of instances at the start
	 * @param specification describes the process of an added instance
	 */
	private record Template(int instances, Specification specification) {
	}

}
