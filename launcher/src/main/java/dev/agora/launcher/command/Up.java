package dev.agora.launcher.command;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import dev.agora.launcher.local.ControlServer;
import dev.agora.launcher.local.ImageOptions;
import dev.agora.launcher.local.LaunchOptions;
import dev.agora.launcher.local.LocalSystem;
import dev.agora.launcher.local.OrphanedProcesses;
import dev.agora.launcher.process.JvmOptions;
import dev.agora.launcher.process.supervision.Supervisor;
import dev.agora.launcher.process.supervision.SystemState;
import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.DirectoryLock;
import dev.agora.launcher.root.ListenAddress;
import dev.agora.launcher.root.Problem;

/** Starts the whole system and stays with it until Ctrl-C. */
@Command(name = "up", description = "Start everything and stay with it; Ctrl-C stops everything.")
public final class Up implements Callable<Integer> {

	private static final int MAX_CLONES = 9;

	private static final String WELCOME = """

			Agora is ready: GATEWAYS
			Three requests to try:

			  curl -s GATEWAY/api/v1/members -H 'Content-Type: application/json' \\
			    -d '{"handle": "ada", "name": "Ada", "password": "correct horse"}'
			  curl -s GATEWAY/api/v1/sessions -H 'Content-Type: application/json' \\
			    -d '{"handle": "ada", "password": "correct horse"}'
			  curl -s GATEWAY/api/v1/products

			Demo data: ./agora load      What runs: ./agora status
			Ctrl-C stops everything; the data stays.
			""";

	@Spec
	private @Nullable CommandSpec spec;

	@Mixin
	private DataOption data = new DataOption();

	@Option(names = "--clones", split = ",", paramLabel = "SERVICE=N",
			description = "Processes of a service or the gateway; may be repeated, or a comma-separated list.")
	private Map<String, Integer> clones = new TreeMap<>();

	@Option(names = "--host", paramLabel = "ADDRESS", defaultValue = "127.0.0.1",
			description = "Where the gateways listen: 0.0.0.0 is every address of this machine. All other processes"
					+ " stay on 127.0.0.1 (default: ${DEFAULT-VALUE}).")
	private String host = "127.0.0.1";

	@Option(names = "--port", paramLabel = "N", defaultValue = "8080",
			description = "The gateway's port, 0 for a free one (default: ${DEFAULT-VALUE}).")
	private int port;

	@Option(names = "--fresh", description = "Remove the data of earlier runs first.")
	private boolean fresh;

	@Option(names = "--backends-only", description = "Start Kafka, Redis and MongoDB alone.")
	private boolean backendsOnly;

	@Option(names = "--mongodb", paramLabel = "URI", description = "Use a MongoDB that runs already.")
	private @Nullable String mongodb;

	@Option(names = "--redis", paramLabel = "URI", description = "Use a Redis that runs already.")
	private @Nullable String redis;

	@Option(names = "--kafka", paramLabel = "HOSTS", description = "Use Kafka brokers that run already.")
	private @Nullable String kafka;

	@Option(names = "--brokers", paramLabel = "N", defaultValue = "1",
			description = "Kafka brokers to start, 1 or 3; three keep each record three times"
					+ " (default: ${DEFAULT-VALUE}).")
	private int brokers;

	@Option(names = "--redis-cluster", description = "Start Redis as a cluster: three masters, each with a replica.")
	private boolean redisCluster;

	@Option(names = "--images",
			description = "Run the services and gateways as containers, restricted as the chart restricts them.")
	private boolean images;

	@Option(names = "--image-prefix", paramLabel = "PREFIX", defaultValue = ImageOptions.PREFIX,
			description = "What stands before their names (default: ${DEFAULT-VALUE}).")
	private String imagePrefix = ImageOptions.PREFIX;

	@Option(names = "--image-tag", paramLabel = "TAG", defaultValue = ImageOptions.TAG,
			description = "Their tag (default: ${DEFAULT-VALUE}).")
	private String imageTag = ImageOptions.TAG;

	private final PrintStream out = System.out;

	@Override
	public Integer call() throws IOException, InterruptedException {
		requireSense();
		DataDirectory directory = this.data.directory();
		if (!directory.create()) {
			this.out.println("Other users of this machine may be able to read " + directory.root() + ".");
		}
		Optional<SystemState> state = SystemState.read(directory);
		if (state.isPresent() && state.get().isSupervised()) {
			this.out.println("This system runs already:");
			new StatusTable(this.out).print(state.get());
			return 1;
		}
		DirectoryLock lock = DirectoryLock.take(directory);
		try {
			return prepareAndRun(directory);
		}
		finally {
			lock.close();
		}
	}

	private int prepareAndRun(DataDirectory directory) throws IOException, InterruptedException {
		List<String> stopped = OrphanedProcesses.stop(directory);
		if (!stopped.isEmpty()) {
			this.out.println("Stopped what an earlier launcher had left: " + String.join(", ", stopped));
		}
		if (this.fresh) {
			directory.wipe();
			directory.create();
		}
		JvmOptions.announce(System.getenv(), this.out);
		return run(directory);
	}

	private void requireSense() {
		this.clones.forEach(this::requireSense);
		if (this.port < 0 || this.port > 65_535) {
			throw wrong("--port: a port is 0 to 65535, not " + this.port);
		}
		requireSenseOfAddresses();
		if (!LaunchOptions.BROKERS.contains(this.brokers)) {
			throw wrong("--brokers: 1 or 3 brokers can be started, not " + this.brokers);
		}
		if (this.brokers > 1 && this.kafka != null) {
			throw wrong("--brokers starts brokers, --kafka uses running ones: give one of them");
		}
		if (this.redisCluster && this.redis != null) {
			throw wrong("--redis-cluster starts Redis, --redis uses a running one: give one of them");
		}
		if (!this.images && (isGiven("--image-tag") || isGiven("--image-prefix"))) {
			throw wrong("--image-tag and --image-prefix choose images: give --images as well");
		}
	}

	private void requireSenseOfAddresses() {
		if (!ListenAddress.isOfThisMachine(this.host)) {
			throw wrong("--host: " + this.host + " is no IPv4 address of this machine; 0.0.0.0 is all of them");
		}
		if (this.mongodb != null && !this.mongodb.matches("mongodb(\\+srv)?://.+")) {
			throw wrong("--mongodb: an address is mongodb://HOST:PORT, not " + this.mongodb);
		}
		if (this.redis != null && !this.redis.matches("rediss?://.+")) {
			throw wrong("--redis: an address is redis://HOST:PORT, not " + this.redis);
		}
		if (this.kafka != null && !this.kafka.matches("[^:,/]+:\\d+(,[^:,/]+:\\d+)*")) {
			throw wrong("--kafka: addresses are HOST:PORT, with a comma between two, not " + this.kafka);
		}
	}

	private void requireSense(String service, int count) {
		if (!LocalSystem.SERVICES.contains(service) && !LocalSystem.GATEWAY.equals(service)) {
			throw wrong("--clones: there is no " + service + "; there are " + String.join(", ", LocalSystem.SERVICES)
					+ " and " + LocalSystem.GATEWAY);
		}
		if (count < 1 || count > MAX_CLONES) {
			throw wrong("--clones: " + service + " can have 1 to " + MAX_CLONES + " processes, not " + count);
		}
	}

	private boolean isGiven(String option) {
		return this.spec != null && this.spec.commandLine().getParseResult().hasMatchedOption(option);
	}

	private ParameterException wrong(String message) {
		if (this.spec == null) {
			throw new IllegalStateException("Not run by the command line");
		}
		return new ParameterException(this.spec.commandLine(), message);
	}

	private int run(DataDirectory directory) throws IOException, InterruptedException {
		Supervisor supervisor = new Supervisor(directory, this.out);
		CountDownLatch stopped = new CountDownLatch(1);
		Thread hook = new Thread(() -> shutDown(supervisor), "shutdown");
		Runtime.getRuntime().addShutdownHook(hook);
		try (ControlServer control = new ControlServer(supervisor)) {
			LocalSystem system = new LocalSystem(plan(), directory, supervisor);
			this.out.println("Starting Agora on " + directory.root());
			supervisor.control(control.url());
			List<String> gateways = system.start();
			supervisor.ready(gateways, () -> welcome(system, gateways));
			// The signal that ends this is handled by the hook.
			stopped.await();
			return 0;
		}
		catch (IOException | RuntimeException ex) {
			if (supervisor.isClosing()) {
				// It failed since it is being stopped; the hook ends this process.
				stopped.await();
			}
			throw ex;
		}
	}

	private LaunchOptions plan() {
		return new LaunchOptions(this.host, this.port, this.clones, this.backendsOnly, this.mongodb, this.redis,
				this.kafka, this.brokers, this.redisCluster,
				this.images ? new ImageOptions(this.imagePrefix, this.imageTag) : null);
	}

	private void shutDown(Supervisor supervisor) {
		try {
			supervisor.close();
		}
		catch (IOException ex) {
			this.out.println("The state could not be removed: " + ex);
		}
	}

	private void welcome(LocalSystem system, List<String> gateways) {
		if (gateways.isEmpty()) {
			this.out.println("\nThe backends for a service started by hand:\n");
			system.backends().forEach((line) -> this.out.println("  " + line));
			this.out.println("\nCtrl-C stops them; the data stays.");
			return;
		}
		this.out.print(WELCOME.replace("GATEWAYS", String.join(", ", gateways)).replace("GATEWAY", gateways.get(0)));
	}

}
