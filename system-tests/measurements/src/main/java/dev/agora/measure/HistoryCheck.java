package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import dev.agora.measure.history.History;
import dev.agora.measure.history.Level;
import dev.agora.measure.history.Violation;

/**
 * Checks what the levels of consistency promise, by the history of a run with outages.
 */
@Command(name = "consistency",
		description = "Read and write at every level of consistency while stores and instances are stopped and "
				+ "started, then check the history. It needs ./agora up --clones product-service=2 --clones feed-service=2.")
final class HistoryCheck implements Callable<Integer> {

	private static final int SHOWN = 20;

	@Mixin
	private SystemOptions options = new SystemOptions();

	@Option(names = "--operations", defaultValue = "20000",
			description = "Number of operations, more if the outages take longer.")
	private int operations;

	@Option(names = "--clients", defaultValue = "12", description = "Number of concurrent clients.")
	private int clients;

	@Option(names = "--rounds", defaultValue = "3", description = "How often each process is stopped and started.")
	private int rounds;

	@Option(names = "--outage", defaultValue = "5", description = "Seconds for which a process is unavailable.")
	private int outage;

	@Option(names = "--seed", description = "Seed of the operations, by default a random one.")
	private long seed = System.nanoTime();

	@Option(names = "--plant", paramLabel = "LEVEL",
			description = "Replace some responses of eventual, session or strong reads by older ones, which the check must find.")
	private @Nullable Level planted;

	@Override
	public Integer call() throws IOException, InterruptedException {
		System.out.println("Seed " + this.seed);
		RunningSystem system = this.options.open();
		HistoryPlan plan = new HistoryPlan(this.operations, this.clients, outages(system),
				Duration.ofSeconds(this.outage), this.seed, this.planted);
		try (Children children = new Children(Files.createTempDirectory("agora-measure"))) {
			History history = HistoryRun.run(plan, system, unlimitedGateway(children, system));
			System.out.print(HistoryReport.of(history));
			return report(history.violations());
		}
	}

	private int report(List<Violation> violations) {
		violations.stream().limit(SHOWN).forEach(System.out::println);
		System.out.println(violations.size() + " violations, seed " + this.seed);
		return violations.isEmpty() ? 0 : 1;
	}

	private List<String> outages(RunningSystem system) {
		List<String> processes = new ArrayList<>(List.of("redis", "kafka", "mongodb"));
		processes.addAll(system.instances("product-service").keySet());
		processes.addAll(system.instances("feed-service").keySet());
		List<String> outages = new ArrayList<>();
		for (int round = 0; round < this.rounds; round++) {
			Collections.shuffle(processes, new Random(this.seed + round));
			outages.addAll(processes);
		}
		return outages;
	}

	/** Starts a gateway whose rate limits are never reached. */
	private static String unlimitedGateway(Children children, RunningSystem system)
			throws IOException, InterruptedException {
		int port = Children.freePort();
		children.jar(system.jar("gateway"), system.gatewayEnvironment(port, Children.freePort()));
		String gateway = "http://127.0.0.1:" + port;
		children.awaitReady(URI.create(gateway + "/api/v1/products"));
		return gateway;
	}

}
