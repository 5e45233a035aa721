package dev.agora.launcher.command;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

import dev.agora.launcher.local.Clones;
import dev.agora.launcher.local.ControlServer;
import dev.agora.launcher.local.LaunchOptions;
import dev.agora.launcher.local.LocalSystem;
import dev.agora.launcher.local.OrphanedProcesses;
import dev.agora.launcher.local.RedisFlush;
import dev.agora.launcher.process.JvmOptions;
import dev.agora.launcher.process.supervision.Supervisor;
import dev.agora.launcher.process.supervision.SystemState;
import dev.agora.launcher.root.DataDirectory;
import dev.agora.launcher.root.DirectoryLock;
import dev.agora.launcher.root.ListenAddress;
import dev.agora.launcher.root.Problem;

/** Starts the whole system, and supervises it until Ctrl-C. */
@Command(name = "up", description = "Start the whole system and supervise it; Ctrl-C stops it.")
public final class Up implements Callable<Integer> {

	private static final String WELCOME = """

			Agora is ready: GATEWAYS
			Three requests to try:

			  curl -s GATEWAY/api/v1/members -H 'Content-Type: application/json' \\
			    -d '{"handle": "ada", "name": "Ada", "password": "correct horse"}'
			  curl -s GATEWAY/api/v1/sessions -H 'Content-Type: application/json' \\
			    -d '{"handle": "ada", "password": "correct horse"}'
			  curl -s GATEWAY/api/v1/products

			CONSOLELoad demo data: ./agora loadDATA
			Show the processes: ./agora statusDATA
			Ctrl-C stops the system; the data stays.
			""";

	@Spec
	private @Nullable CommandSpec spec;

	@Mixin
	private DataOption data = new DataOption();

	@Option(names = "--clones", split = ",", paramLabel = "SERVICE=N",
			description = "The number of instances of a service or the gateway. Separate several by commas.")
	private Map<String, Integer> clones = new TreeMap<>();

	@Option(names = "--host", paramLabel = "ADDRESS", defaultValue = "127.0.0.1",
			description = "The address at which the gateways listen, 0.0.0.0 for all addresses of this machine. All other"
					+ " processes listen on 127.0.0.1 (default: ${DEFAULT-VALUE}).")
	private String host = "127.0.0.1";

	@Option(names = "--port", paramLabel = "N", defaultValue = "8080",
			description = "The port of the first gateway, 0 for a free one (default: ${DEFAULT-VALUE}).")
	private int port;

	@Option(names = "--fresh", description = "Delete the data of earlier runs first.")
	private boolean fresh;

	@Option(names = "--backends-only", description = "Start only Kafka, Redis and MongoDB.")
	private boolean backendsOnly;

	@Mixin
	private RunningStores stores = new RunningStores();

	@Option(names = "--brokers", paramLabel = "N", defaultValue = "1",
			description = "The number of Kafka brokers to start, 1 or 3 (default: ${DEFAULT-VALUE}).")
	private int brokers;

	@Option(names = "--redis-cluster", description = "Start Redis as a cluster of three masters, each with a replica.")
	private boolean redisCluster;

	@Option(names = "--optimize",
			description = "Use the optimizing compiler for the services and the embedded MongoDB; images always do."
					+ " Wanted for measurements; the default starts faster and leaves more of a few cores to the work.")
	private boolean optimize;

	@Option(names = "--no-console", description = "Start without the console, which shows the system in a browser.")
	private boolean noConsole;

	@Mixin
	private ContainerOptions containers = new ContainerOptions();

	private final PrintStream out = System.out;

	@Override
	public Integer call() throws IOException, InterruptedException {
		validate();
		DataDirectory directory = this.data.directory();
		if (!directory.create()) {
			this.out.println("Other users of this machine may be able to read " + directory.root()
					+ ", since its permissions cannot be set.");
		}
		Optional<SystemState> state = SystemState.read(directory);
		if (state.isPresent() && state.get().isSupervised()) {
			this.out.println("The system on this data directory runs already:");
			new StatusTable(this.out).print(state.get());
			return 1;
		}
		DirectoryLock lock = DirectoryLock.acquire(directory);
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
			this.out.println("Stopped the processes that a killed launcher has left: " + String.join(", ", stopped));
		}
		if (this.fresh) {
			directory.wipe();
			directory.create();
		}
		JvmOptions.announce(System.getenv(), this.out);
		return run(directory);
	}

	private void validate() {
		this.clones.forEach(this::validateInstances);
		if (this.port < 0 || this.port > 65_535) {
			throw usageError("--port: " + this.port + " is not a port. Give a number from 0 to 65535.");
		}
		validateAddresses();
		if (!LaunchOptions.BROKERS.contains(this.brokers)) {
			throw usageError("--brokers: " + this.brokers + " brokers cannot be started. Give 1 or 3.");
		}
		if (this.brokers > 1 && this.stores.kafka() != null) {
			throw usageError("--brokers starts brokers, and --kafka uses running ones. Give one of them.");
		}
		if (this.redisCluster && this.stores.redis() != null) {
			throw usageError("--redis-cluster starts Redis, and --redis uses a running one. Give one of them.");
		}
		if (!this.containers.isUsed() && (isGiven("--image-tag") || isGiven("--image-prefix"))) {
			throw usageError("--image-tag and --image-prefix have an effect only with --images. Add --images.");
		}
	}

	private void validateAddresses() {
		if (!ListenAddress.isOfThisMachine(this.host)) {
			throw usageError("--host: " + this.host + " is not an IPv4 address of this machine. Use 0.0.0.0 for all.");
		}
		this.stores.fault().ifPresent((fault) -> {
			throw usageError(fault);
		});
	}

	private void validateInstances(String service, int count) {
		if (!LocalSystem.SERVICES.contains(service) && !LocalSystem.GATEWAY.equals(service)) {
			throw usageError("--clones: there is no service " + service + ". Choose one of these: "
					+ String.join(", ", LocalSystem.SERVICES) + ", " + LocalSystem.GATEWAY + ".");
		}
		if (count < 1 || count > Clones.MAX_INSTANCES) {
			throw usageError("--clones: " + service + " cannot have " + count + " instances. Give a number from 1 to "
					+ Clones.MAX_INSTANCES + ".");
		}
	}

	private boolean isGiven(String option) {
		return this.spec != null && this.spec.commandLine().getParseResult().hasMatchedOption(option);
	}

	private ParameterException usageError(String message) {
		return new ParameterException(Objects.requireNonNull(this.spec).commandLine(), message);
	}

	private int run(DataDirectory directory) throws IOException, InterruptedException {
		Supervisor supervisor = new Supervisor(directory, this.out);
		CountDownLatch stopped = new CountDownLatch(1);
		Thread hook = new Thread(() -> shutDown(supervisor), "shutdown");
		Runtime.getRuntime().addShutdownHook(hook);
		LocalSystem system = new LocalSystem(options(), directory, supervisor);
		try (ControlServer control = new ControlServer(supervisor, system.clones(), new RedisFlush(directory))) {
			this.out.println("Starting Agora on " + directory.root());
			supervisor.setControlUrl(control.url());
			List<String> gateways = system.start();
			supervisor.announceReady(gateways, () -> welcome(system, gateways));
			stopped.await();
			return 0;
		}
		catch (IOException | RuntimeException ex) {
			if (supervisor.isClosing()) {
				// The start failed because the system is being stopped by the hook.
				stopped.await();
			}
			throw ex;
		}
	}

	private LaunchOptions options() {
		return new LaunchOptions(this.host, this.port, this.clones, this.backendsOnly, this.stores.mongodb(),
				this.stores.mongodbMemory(), this.stores.redis(), this.stores.kafka(), this.brokers, this.redisCluster,
				!this.noConsole, this.optimize, this.containers.images());
	}

	private void shutDown(Supervisor supervisor) {
		try {
			supervisor.close();
		}
		catch (IOException ex) {
			this.out.println("The file of the state could not be deleted: " + ex);
		}
	}

	private void welcome(LocalSystem system, List<String> gateways) {
		if (gateways.isEmpty()) {
			this.out.println("\nThe settings for a service that you start by hand:\n");
			system.backends().forEach((line) -> this.out.println("  " + line));
			this.out.println("\nCtrl-C stops the backends; the data stays.");
			return;
		}
		String text = WELCOME.replace("GATEWAYS", String.join(", ", gateways)).replace("GATEWAY", gateways.get(0));
		String console = system.consoleUrl().map((url) -> "See what runs, and break it: " + url + "\n").orElse("");
		this.out.print(text.replace("DATA", this.data.words()).replace("CONSOLE", console));
	}

}
