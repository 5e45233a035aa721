package dev.agora.launcher.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import dev.agora.launcher.process.Launchable;
import dev.agora.launcher.process.Ports;
import dev.agora.launcher.process.ServiceInstance;
import dev.agora.launcher.process.ServiceJar;
import dev.agora.launcher.process.Tier;
import dev.agora.launcher.process.supervision.Supervisor;
import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.Installation;
import dev.agora.launcher.root.Problem;

/** Starts the whole system on one machine: brokers, stores, services and gateways. */
public final class LocalSystem {

	/** The names of the services, without the gateway. */
	public static final List<String> SERVICES = List.of("session-service", "product-service", "graph-service",
			"feed-service");

	/** The name of the gateway. */
	public static final String GATEWAY = "gateway";

	/** Longer than gateways need to detect that an instance drains. */
	static final String DRAIN_DELAY = "2s";

	private final LaunchOptions options;

	private final DataDirectory data;

	private final Installation installation;

	private final Ports ports;

	private final Supervisor supervisor;

	private final Backends backends;

	private final Clones clones;

	private final Optional<ConsoleProcess> console;

	private final ServiceSettings settings;

	/**
	 * Creates a system without processes.
	 * @param options the options of the system
	 * @param data the data directory
	 * @param supervisor starts and stops the processes
	 * @throws IOException if the file of the ports cannot be read
	 */
	public LocalSystem(LaunchOptions options, DataDirectory data, Supervisor supervisor) throws IOException {
		this.options = options;
		this.data = data;
		this.installation = Installation.current();
		this.ports = Ports.of(data);
		this.supervisor = supervisor;
		this.backends = new Backends(options, data, this.installation, this.ports, supervisor);
		this.clones = new Clones(data, this.ports, supervisor);
		this.console = (options.console() && !options.backendsOnly()) ? Optional.of(ConsoleProcess.of(data, this.ports))
				: Optional.empty();
		this.settings = new ServiceSettings(options, data, this.backends, this.console);
	}

	/** Returns what adds instances to the running system. */
	public Clones clones() {
		return this.clones;
	}

	/** Returns the address of the console with its token; empty without a console. */
	public Optional<String> consoleUrl() {
		return this.console.map(ConsoleProcess::url);
	}

	/**
	 * Starts the system, and waits until all processes are ready.
	 * @return the addresses of the gateways, none without services
	 * @throws IOException if a file cannot be written or a process cannot be started
	 * @throws InterruptedException if interrupted while waiting
	 */
	public List<String> start() throws IOException, InterruptedException {
		List<ServiceInstance> gateways = this.options.backendsOnly() ? List.of() : gateways();
		if (!this.options.backendsOnly()) {
			requireBuilt();
		}
		List<CompletableFuture<Void>> ready = new ArrayList<>();
		CompletableFuture<Void> broker = this.backends.startKafka();
		List<CompletableFuture<Void>> stores = List.of(this.backends.startRedis(), this.backends.startMongo());
		if (this.options.backendsOnly()) {
			ready.addAll(stores);
		}
		else {
			List<Launchable> services = launchables();
			// Services need the stores when they start, and wait for the broker on their
			// own.
			join(stores);
			ready.addAll(startServices(services, gateways));
			startConsole().ifPresent(ready::add);
		}
		ready.add(broker);
		join(ready);
		return gateways.stream().map(ServiceInstance::url).toList();
	}

	/** The system runs without its console, too. */
	private Optional<CompletableFuture<Void>> startConsole() throws IOException, InterruptedException {
		if (this.console.isEmpty()) {
			return Optional.empty();
		}
		ServiceJar jar = ServiceJar.of(this.installation, ConsoleProcess.NAME, this.data);
		ServiceInstance instance = this.console.get().configure(this.backends.kafka());
		this.supervisor.setConsoleUrl(this.console.get().url());
		return Optional.of(this.supervisor.start(jar.specify(instance, Tier.EDGE, true)).exceptionally((failure) -> {
			this.supervisor.print("The console is missing: %s", failure);
			return null;
		}));
	}

	private static void join(List<CompletableFuture<Void>> all) {
		CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
	}

	/**
	 * Returns the settings with which a service that is started by hand finds the
	 * backends.
	 * @return the settings, as lines of the form VARIABLE=VALUE
	 */
	public List<String> backends() {
		return List.of("AGORA_MONGODB_URI=" + this.backends.mongodb(), "AGORA_REDIS_ADDRESS=" + this.backends.redis(),
				"AGORA_REDIS_MODE=" + this.options.redisMode(),
				"AGORA_KAFKA_BOOTSTRAPSERVERS=" + this.backends.kafka());
	}

	private void requireBuilt() throws IOException, InterruptedException {
		if (this.options.images() != null) {
			launchables();
			return;
		}
		for (String module : modules()) {
			this.installation.runnableJar(module);
		}
	}

	private List<Launchable> launchables() throws IOException, InterruptedException {
		if (this.options.images() != null) {
			return this.options.images().find(modules(), this.data);
		}
		List<Launchable> jars = new ArrayList<>();
		for (String module : modules()) {
			ServiceJar jar = ServiceJar.of(this.installation, module, this.data);
			jars.add(jar.optimized(this.options.optimize()));
		}
		return jars;
	}

	private static List<String> modules() {
		List<String> modules = new ArrayList<>(SERVICES);
		modules.add(GATEWAY);
		return modules;
	}

	private List<CompletableFuture<Void>> startServices(List<Launchable> launchables, List<ServiceInstance> gateways)
			throws IOException {
		SigningKeys own = SigningKeys.loadOrCreate(this.data);
		SigningKeys keys = (this.options.images() != null) ? own.copyForContainers() : own;
		List<CompletableFuture<Void>> ready = new ArrayList<>();
		for (int i = 0; i < SERVICES.size(); i++) {
			String service = SERVICES.get(i);
			List<ServiceInstance> instances = instances(service);
			for (ServiceInstance instance : instances) {
				this.settings.configure(instance, keys);
			}
			ready.addAll(start(instances, launchables.get(i), Tier.SERVICE));
			String addresses = instances.stream().map(ServiceInstance::url).collect(Collectors.joining(","))
					+ registerClones(service, launchables.get(i), keys);
			gateways.forEach((gateway) -> gateway.set("agora.clones." + service, addresses));
		}
		for (ServiceInstance gateway : gateways) {
			this.settings.configureGateway(gateway);
		}
		ready.addAll(start(gateways, launchables.get(SERVICES.size()), Tier.EDGE));
		return ready;
	}

	/**
	 * Returns what the gateways need to find added instances. A container cannot read the
	 * file.
	 */
	private String registerClones(String service, Launchable launchable, SigningKeys keys) throws IOException {
		if (this.options.images() != null) {
			return "";
		}
		return "," + this.clones.register(service, this.options.instancesOf(service), (instance) -> {
			this.settings.configure(instance, keys);
			instance.set("agora.drain.delay", DRAIN_DELAY);
			return launchable.specify(instance, Tier.SERVICE, false);
		});
	}

	/** Starts instances. A single instance does not wait while it drains. */
	private List<CompletableFuture<Void>> start(List<ServiceInstance> instances, Launchable launchable, Tier tier)
			throws IOException {
		List<CompletableFuture<Void>> ready = new ArrayList<>();
		for (ServiceInstance instance : instances) {
			instance.set("agora.drain.delay", (instances.size() > 1) ? DRAIN_DELAY : "0s");
			boolean first = instance == instances.get(0);
			ready.add(this.supervisor.start(launchable.specify(instance, tier, first)));
		}
		return ready;
	}

	private List<ServiceInstance> gateways() throws IOException {
		List<ServiceInstance> gateways = new ArrayList<>();
		gateways.add(
				new ServiceInstance(GATEWAY, GATEWAY + "-1", gatewayPort(), this.ports.any(GATEWAY + "-1-management")));
		for (int number = 2; number <= this.options.instancesOf(GATEWAY); number++) {
			gateways.add(ServiceInstance.of(GATEWAY, GATEWAY + "-" + number, this.ports));
		}
		gateways.forEach((gateway) -> gateway.listenOn(this.options.host()));
		return gateways;
	}

	private List<ServiceInstance> instances(String service) throws IOException {
		List<ServiceInstance> instances = new ArrayList<>();
		for (int number = 1; number <= this.options.instancesOf(service); number++) {
			instances.add(ServiceInstance.of(service, service + "-" + number, this.ports));
		}
		return instances;
	}

	private int gatewayPort() throws IOException {
		if (this.options.port() == 0) {
			return this.ports.any(GATEWAY + "-1");
		}
		if (!Ports.canBind(this.options.host(), this.options.port())) {
			throw new Problem("Port " + this.options.port()
					+ " is in use by another process. Choose another with --port N, or any free one with --port 0.");
		}
		return this.options.port();
	}

}
