package dev.agora.launcher.system;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** The whole system on one machine: brokers, stores, services. */
public final class LocalSystem {

	/** The services, all but the gateway. */
	public static final List<String> SERVICES = List.of("session-service", "product-service", "graph-service",
			"feed-service");

	/** The gateway, as others call it. */
	public static final String GATEWAY = "gateway";

	/** Longer than gateways take to notice that a clone drains. */
	private static final String DRAIN_DELAY = "2s";

	private final Plan plan;

	private final DataDirectory data;

	private final Installation installation;

	private final Ports ports;

	private final Supervisor supervisor;

	private String mongodb = "";

	private String redis = "";

	private String kafka = "";

	/**
	 * Makes a system of which nothing runs yet.
	 * @param plan what was asked for
	 * @param data where its data is
	 * @param supervisor who starts and stops its processes
	 * @throws IOException if the ports kept with the data cannot be read
	 */
	public LocalSystem(Plan plan, DataDirectory data, Supervisor supervisor) throws IOException {
		this.plan = plan;
		this.data = data;
		this.installation = Installation.current();
		this.ports = Ports.of(data);
		this.supervisor = supervisor;
	}

	/**
	 * Starts everything; returns when all of it is ready.
	 * @return the addresses of the gateways, none without services
	 * @throws IOException if something cannot be written or started
	 * @throws InterruptedException if interrupted while waiting
	 */
	public List<String> start() throws IOException, InterruptedException {
		List<ServiceProcess> gateways = this.plan.backendsOnly() ? List.of() : gateways();
		if (!this.plan.backendsOnly()) {
			requireBuilt();
		}
		List<CompletableFuture<Void>> ready = new ArrayList<>();
		CompletableFuture<Void> broker = startKafka();
		List<CompletableFuture<Void>> stores = List.of(startRedis(), startMongo());
		if (this.plan.backendsOnly()) {
			ready.addAll(stores);
		}
		else {
			List<AppJar> apps = apps();
			// They ask a store as soon as they start; for the broker they wait by
			// themselves.
			join(stores);
			ready.addAll(startServices(apps, gateways));
		}
		ready.add(broker);
		join(ready);
		return gateways.stream().map(ServiceProcess::url).toList();
	}

	private static void join(List<CompletableFuture<Void>> all) {
		CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
	}

	private CompletableFuture<Void> startKafka() throws IOException, InterruptedException {
		if (this.plan.kafka() != null) {
			this.kafka = this.plan.kafka();
			return given("kafka", this.kafka);
		}
		KafkaBrokers brokers = new KafkaBrokers(this.plan.brokers(), this.data, this.installation, this.ports);
		this.kafka = brokers.addresses();
		return brokers.start(this.supervisor);
	}

	private CompletableFuture<Void> startRedis() throws IOException, InterruptedException {
		if (this.plan.redis() != null) {
			this.redis = this.plan.redis();
			return given("redis", this.redis);
		}
		forgetOtherCache();
		RedisProgram program = RedisProgram.of(this.data);
		if (this.plan.redisCluster()) {
			RedisCluster cluster = new RedisCluster(this.data, this.ports);
			this.redis = cluster.addresses();
			return cluster.start(program, this.supervisor);
		}
		RedisProcess process = RedisProcess.single(this.data, this.ports);
		this.redis = process.address();
		return this.supervisor.start(process.spec(program, "128mb"));
	}

	/** What Redis kept when it was started the other way misses all changes since. */
	private void forgetOtherCache() throws IOException {
		if (this.plan.redisCluster()) {
			DataDirectory.delete(this.data.root().resolve("redis"));
		}
		else {
			DataDirectory.delete(this.data.root().resolve(RedisCluster.DIRECTORY));
		}
	}

	private CompletableFuture<Void> startMongo() throws IOException {
		if (this.plan.mongodb() != null) {
			this.mongodb = this.plan.mongodb();
			return given("mongodb", this.mongodb);
		}
		MongoProcess process = new MongoProcess(this.data, this.installation, this.ports);
		this.mongodb = process.uri();
		return this.supervisor.start(process.spec());
	}

	private CompletableFuture<Void> given(String name, String address) {
		this.supervisor.say("%-20s given: %s", name, address);
		return CompletableFuture.completedFuture(null);
	}

	/**
	 * The addresses of the backends, for a service started by hand.
	 * @return one setting a line
	 */
	public List<String> backends() {
		return List.of("AGORA_MONGODB_URI=" + this.mongodb, "AGORA_REDIS_ADDRESS=" + this.redis,
				"AGORA_REDIS_MODE=" + redisMode(), "AGORA_KAFKA_BOOTSTRAPSERVERS=" + this.kafka);
	}

	private String redisMode() {
		return this.plan.redisCluster() ? "cluster" : "single";
	}

	private void requireBuilt() throws IOException {
		for (String module : modules()) {
			this.installation.runnableJar(module);
		}
	}

	private List<AppJar> apps() throws IOException, InterruptedException {
		List<AppJar> apps = new ArrayList<>();
		for (String module : modules()) {
			apps.add(AppJar.of(this.installation, module));
		}
		return apps;
	}

	private static List<String> modules() {
		List<String> modules = new ArrayList<>(SERVICES);
		modules.add(GATEWAY);
		return modules;
	}

	private List<CompletableFuture<Void>> startServices(List<AppJar> apps, List<ServiceProcess> gateways)
			throws IOException {
		SigningKeys keys = SigningKeys.of(this.data);
		List<CompletableFuture<Void>> ready = new ArrayList<>();
		for (int i = 0; i < SERVICES.size(); i++) {
			String service = SERVICES.get(i);
			List<ServiceProcess> clones = clones(service);
			clones.forEach((clone) -> configure(clone, keys));
			ready.addAll(start(clones, apps.get(i), Tier.SERVICE));
			String addresses = clones.stream().map(ServiceProcess::url).collect(Collectors.joining(","));
			gateways.forEach((gateway) -> gateway.set("agora.clones." + service, addresses));
		}
		gateways.forEach((gateway) -> configure(gateway, keys));
		ready.addAll(start(gateways, apps.get(SERVICES.size()), Tier.DOOR));
		return ready;
	}

	/** Only who has another clone to hand over to takes time for it at the end. */
	private List<CompletableFuture<Void>> start(List<ServiceProcess> clones, AppJar app, Tier tier) throws IOException {
		List<CompletableFuture<Void>> ready = new ArrayList<>();
		for (ServiceProcess clone : clones) {
			clone.set("agora.drain.delay", (clones.size() > 1) ? DRAIN_DELAY : "0s");
			ready.add(this.supervisor.start(clone.spec(app, tier, clone == clones.get(0))));
		}
		return ready;
	}

	private List<ServiceProcess> gateways() throws IOException {
		List<ServiceProcess> gateways = new ArrayList<>();
		gateways
			.add(new ServiceProcess(GATEWAY, GATEWAY + "-1", gatewayPort(), this.ports.any(GATEWAY + "-1-management")));
		for (int number = 2; number <= this.plan.clonesOf(GATEWAY); number++) {
			gateways.add(ServiceProcess.of(GATEWAY, GATEWAY + "-" + number, this.ports));
		}
		return gateways;
	}

	private List<ServiceProcess> clones(String service) throws IOException {
		List<ServiceProcess> clones = new ArrayList<>();
		for (int number = 1; number <= this.plan.clonesOf(service); number++) {
			clones.add(ServiceProcess.of(service, service + "-" + number, this.ports));
		}
		return clones;
	}

	private void configure(ServiceProcess process, SigningKeys keys) {
		process.set("agora.redis.address", this.redis).set("agora.redis.mode", redisMode());
		if (process.module().equals(GATEWAY)) {
			return;
		}
		process.set("agora.mongodb.uri", this.mongodb)
			.set("agora.kafka.bootstrap-servers", this.kafka)
			.set("agora.identity.jwks", keys.keySet().toString());
		if (process.module().equals("session-service")) {
			process.set("agora.identity.signing-key", keys.signingKey().toString());
		}
	}

	private int gatewayPort() throws IOException {
		if (this.plan.port() == 0) {
			return this.ports.any(GATEWAY + "-1");
		}
		if (!Ports.canBind(this.plan.port())) {
			throw new Problem("Port " + this.plan.port()
					+ " is taken by another process. Choose another with --port N, or any free one with --port 0.");
		}
		return this.plan.port();
	}

}
