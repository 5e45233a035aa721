package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import dev.agora.measure.experiment.Table;

/**
 * Measures posts and pages at several shares of pushed authors, each with an instance of
 * feed-service of its own.
 */
final class PushPullPasses {

	private static final String SERVICE = "feed-service";

	private static final long IDLE_SECONDS = 5;

	private final RunningSystem system;

	private final PushPullMembers members;

	private final int posts;

	private final int pages;

	/**
	 * Creates the passes.
	 * @param posts the posts of each author in a pass
	 * @param pages the pages of each reader in a pass
	 */
	PushPullPasses(RunningSystem system, PushPullMembers members, int posts, int pages) {
		this.system = system;
		this.members = members;
		this.posts = posts;
		this.pages = pages;
	}

	/**
	 * Measures from no pushed author to all, while the service of the system is stopped.
	 * @param step by how many more authors are pushed in each pass
	 * @param planted whether all authors are pushed in each pass, which is a fault
	 */
	List<PushPullCost> measure(int step, boolean planted) throws IOException, InterruptedException {
		List<PushPullCost> costs = new ArrayList<>();
		OwnInstances instances = new OwnInstances(this.system, SERVICE);
		try (StoppedService stopped = new StoppedService(this.system, SERVICE)) {
			System.out.println("Stopped for the time of the measurement: " + stopped.instances());
			for (int pushed = 0; pushed <= this.members.authors(); pushed += step) {
				PushPullCost cost = measure(instances, pushed, planted);
				System.out.printf("%.0f %% pushed: %.2f ms a post, %.3f ms a page%n", cost.share() * 100, cost.post(),
						cost.page());
				costs.add(cost);
			}
		}
		return costs;
	}

	static Table table(List<PushPullCost> costs) {
		return new Table(List.of("pushed authors", "CPU ms a post", "CPU ms a page"),
				costs.stream()
					.map((cost) -> List.of("%.0f %%".formatted(cost.share() * 100), "%.2f".formatted(cost.post()),
							"%.3f".formatted(cost.page())))
					.toList());
	}

	/** Measures with a service that pushes the authors with the fewest followers. */
	private PushPullCost measure(OwnInstances instances, int pushed, boolean planted)
			throws IOException, InterruptedException {
		Path logs = Files.createTempDirectory("agora-measure");
		try (Children children = new Children(logs)) {
			RunningSystem.Instance measured = instances.start(children,
					settings(mostFollowers(planted ? this.members.authors() : pushed)));
			Map<String, String> gateway = this.system.gatewayEnvironment(Children.freePort(), Children.freePort());
			gateway.put("AGORA_CLONES_FEEDSERVICE", measured.url());
			children.jar(this.system.jar("gateway"), gateway);
			String url = "http://127.0.0.1:" + gateway.get("SERVER_PORT");
			children.awaitReady(URI.create(url + "/api/v1/products"));
			this.members.use(url);
			FanOutCount done = new FanOutCount(measured);
			warmUp(done);
			return measure(done, meter(measured), (double) pushed / this.members.authors());
		}
	}

	private int mostFollowers(int pushed) {
		return (pushed > 0) ? this.members.followersOf(pushed - 1) : 0;
	}

	/**
	 * An author with as many followers as the threshold keeps their state, so it is one
	 * above the last one who is pushed.
	 */
	private static Map<String, String> settings(int mostFollowers) {
		return Map.of("FEED_FANOUT_PULLTHRESHOLD", String.valueOf(mostFollowers + 1), "FEED_FANOUT_HYSTERESIS", "0",
				"FEED_RECONCILER_ENABLED", "false");
	}

	/** Each author is known as pushed or pulled, and each reader has a timeline. */
	private void warmUp(FanOutCount done) throws IOException, InterruptedException {
		for (int round = 0; round < 3; round++) {
			long before = done.read();
			this.members.post(this.posts);
			done.await(before + (long) this.posts * this.members.authors());
			this.members.read(this.pages);
		}
	}

	private PushPullCost measure(FanOutCount done, CpuMeter cpu, double share)
			throws IOException, InterruptedException {
		cpu.startIdle();
		TimeUnit.SECONDS.sleep(IDLE_SECONDS);
		cpu.stopIdle();
		long before = done.read();
		cpu.reset();
		cpu.start();
		this.members.post(this.posts);
		done.await(before + (long) this.posts * this.members.authors());
		cpu.stop();
		double post = cpu.seconds() * 1000 / (this.posts * this.members.authors());
		cpu.reset();
		cpu.start();
		this.members.read(this.pages);
		cpu.stop();
		return new PushPullCost(share, post, cpu.seconds() * 1000 / (this.pages * this.members.readers()));
	}

	/**
	 * The service and the stores that it uses; the gateway costs the same at any share.
	 */
	private CpuMeter meter(RunningSystem.Instance service) {
		List<RunningSystem.Instance> processes = new ArrayList<>(List.of(service));
		for (String store : List.of("redis", "mongodb", "kafka")) {
			processes.addAll(this.system.instances(store).values());
		}
		return new CpuMeter(processes);
	}

}
