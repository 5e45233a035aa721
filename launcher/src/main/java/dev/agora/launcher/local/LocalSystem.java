package dev.agora.launcher.local;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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

/** The whole system on one machine: brokers, stores, services. */
public final class LocalSystem {

	/** The services, all but the gateway. */
	public static final List<String> SERVICES = List.of("session-service", "product-service", "graph-service",
			"feed-service");

	/** The gateway, as others call it. */
	public static final String GATEWAY = "gateway";

	/** Longer than gateways take to notice that a clone drains. */
	private static final String DRAIN_DELAY = "2s";

	private final LaunchOptions plan;

	private final DataDirectory data;

	private final Installation installation;

	private final Ports ports;

	private final Supervisor supervisor;

	private final Backends backends;

	/**
	 * Makes a system of which nothing runs yet.
	 * @param plan what was asked for
	 * @param data where its data is
	 * @param supervisor who starts and stops its processes
	 * @throws IOException if the ports kept with the data cannot be read
	 */
	public LocalSystem(LaunchOptions plan, DataDirectory data, Supervisor supervisor) throws IOException {
		this.plan = plan;
		this.data = data;
		this.installation = Installation.current();
		this.ports = Ports.of(data);
		this.supervisor = supervisor;
		this.backends = new Backends(plan, data, this.installation, this.ports, supervisor);
	}

	/**
	 * Starts everything; returns when all of it is ready.
	 * @return the addresses of the gateways, none without services
	 * @throws IOException if something cannot be written or started
	 * @throws InterruptedException if interrupted while waiting
	 */
	public List<String> start() throws IOException, InterruptedException {
		List<ServiceInstance> gateways = this.plan.backendsOnly() ? List.of() : gateways();
		if (!this.plan.backendsOnly()) {
			requireBuilt();
		}
		List<CompletableFuture<Void>> ready = new ArrayList<>();
		CompletableFuture<Void> broker = this.backends.startKafka();
		List<CompletableFuture<Void>> stores = List.of(this.backends.startRedis(), this.backends.startMongo());
		if (this.plan.backendsOnly()) {
			ready.addAll(stores);
		}
		else {
			List<Launchable> apps = apps();
			// They ask a store as soon as they start; for the broker they wait by
			// themselves.
			join(stores);
			ready.addAll(startServices(apps, gateways));
		}
		ready.add(broker);
		join(ready);
		return gateways.stream().map(ServiceInstance::url).toList();
	}

	private static void join(List<CompletableFuture<Void>> all) {
		CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
	}

	/**
	 * The addresses of the backends, for a service started by hand.
	 * @return one setting a line
	 */
	public List<String> backends() {
		return List.of("AGORA_MONGODB_URI=" + this.backends.mongodb(), "AGORA_REDIS_ADDRESS=" + this.backends.redis(),
				"AGORA_REDIS_MODE=" + this.plan.redisMode(), "AGORA_KAFKA_BOOTSTRAPSERVERS=" + this.backends.kafka());
	}

	private void requireBuilt() throws IOException, InterruptedException {
		if (this.plan.images() != null) {
			apps();
			return;
		}
		for (String module : modules()) {
			this.installation.runnableJar(module);
		}
	}

	private List<Launchable> apps() throws IOException, InterruptedException {
		if (this.plan.images() != null) {
			return this.plan.images().of(modules(), this.data);
		}
		List<Launchable> apps = new ArrayList<>();
		for (String module : modules()) {
			apps.add(ServiceJar.of(this.installation, module, this.data));
		}
		return apps;
	}

	private static List<String> modules() {
		List<String> modules = new ArrayList<>(SERVICES);
		modules.add(GATEWAY);
		return modules;
	}

	private List<CompletableFuture<Void>> startServices(List<Launchable> apps, List<ServiceInstance> gateways)
			throws IOException {
		SigningKeys own = SigningKeys.of(this.data);
		SigningKeys keys = (this.plan.images() != null) ? own.shared() : own;
		List<CompletableFuture<Void>> ready = new ArrayList<>();
		for (int i = 0; i < SERVICES.size(); i++) {
			String service = SERVICES.get(i);
			List<ServiceInstance> clones = clones(service);
			for (ServiceInstance clone : clones) {
				configure(clone, keys);
			}
			ready.addAll(start(clones, apps.get(i), Tier.SERVICE));
			String addresses = clones.stream().map(ServiceInstance::url).collect(Collectors.joining(","));
			gateways.forEach((gateway) -> gateway.set("agora.clones." + service, addresses));
		}
		for (ServiceInstance gateway : gateways) {
			configureGateway(gateway);
		}
		ready.addAll(start(gateways, apps.get(SERVICES.size()), Tier.DOOR));
		return ready;
	}

	/** Only who has another clone to hand over to takes time for it at the end. */
	private List<CompletableFuture<Void>> start(List<ServiceInstance> clones, Launchable app, Tier tier)
			throws IOException {
		List<CompletableFuture<Void>> ready = new ArrayList<>();
		for (ServiceInstance clone : clones) {
			clone.set("agora.drain.delay", (clones.size() > 1) ? DRAIN_DELAY : "0s");
			ready.add(this.supervisor.start(app.clone(clone, tier, clone == clones.get(0))));
		}
		return ready;
	}

	private List<ServiceInstance> gateways() throws IOException {
		List<ServiceInstance> gateways = new ArrayList<>();
		gateways
			.add(new ServiceInstance(GATEWAY, GATEWAY + "-1", gatewayPort(), this.ports.any(GATEWAY + "-1-management")));
		for (int number = 2; number <= this.plan.clonesOf(GATEWAY); number++) {
			gateways.add(ServiceInstance.of(GATEWAY, GATEWAY + "-" + number, this.ports));
		}
		gateways.forEach((gateway) -> gateway.servesAt(this.plan.host()));
		return gateways;
	}

	private List<ServiceInstance> clones(String service) throws IOException {
		List<ServiceInstance> clones = new ArrayList<>();
		for (int number = 1; number <= this.plan.clonesOf(service); number++) {
			clones.add(ServiceInstance.of(service, service + "-" + number, this.ports));
		}
		return clones;
	}

	private void configure(ServiceInstance process, SigningKeys keys) {
		process.set("agora.redis.address", this.backends.redis())
			.set("agora.redis.mode", this.plan.redisMode())
			.set("agora.mongodb.uri", this.backends.mongodb())
			.set("agora.kafka.bootstrap-servers", this.backends.kafka())
			.reads("agora.identity.jwks", keys.keySet());
		if (process.module().equals("session-service")) {
			process.reads("agora.identity.signing-key", keys.signingKey());
		}
	}

	/**
	 * On one machine all clients have one address, and one loads the demo data for all.
	 */
	private void configureGateway(ServiceInstance gateway) throws IOException {
		gateway.set("agora.redis.address", this.backends.redis())
			.set("agora.redis.mode", this.plan.redisMode())
			.setDefault("gateway.limit.rate.address", "10000")
			.setDefault("gateway.limit.rate.address-burst", "20000")
			.setDefault("gateway.limit.rate.member", "2000")
			.setDefault("gateway.limit.rate.member-burst", "4000")
			.setDefault("gateway.body.per-address", "1024");
		if (this.plan.images() == null) {
			String log = gateway.name() + "-access";
			this.data.rotateLog(log);
			gateway.setDefault("gateway.access.file", this.data.log(log).toAbsolutePath().toString());
		}
	}

	private int gatewayPort() throws IOException {
		if (this.plan.port() == 0) {
			return this.ports.any(GATEWAY + "-1");
		}
		if (!Ports.canBind(this.plan.host(), this.plan.port())) {
			throw new Problem("Port " + this.plan.port()
					+ " is taken by another process. Choose another with --port N, or any free one with --port 0.");
		}
		return this.plan.port();
	}

}
