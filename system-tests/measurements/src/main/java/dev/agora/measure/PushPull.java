package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures what a post and a page of the home feed cost while a growing share of the
 * authors is pushed, and names the crossover of push and pull.
 */
@Command(name = "push-pull",
		description = "Measure the CPU time of posts and of feed pages over the share of pushed authors. It stops "
				+ "feed-service of ./agora up for the time of the measurement.")
final class PushPull implements Callable<Integer> {

	private static final String SERVICE = "feed-service";

	private static final long IDLE_SECONDS = 5;

	@Option(names = "--root", defaultValue = ".", description = "Folder of the project.")
	private Path root = Path.of(".");

	@Option(names = "--data", defaultValue = ".agora", description = "Data directory of the running system.")
	private Path data = Path.of(".agora");

	@Option(names = "--authors", defaultValue = "8", description = "Number of authors.")
	private int authors;

	@Option(names = "--readers", defaultValue = "80",
			description = "Number of readers. All follow the last author, fewer each of the others.")
	private int readers;

	@Option(names = "--posts", defaultValue = "20", description = "Posts of each author at each share.")
	private int posts;

	@Option(names = "--pages", defaultValue = "20", description = "Pages of each reader at each share.")
	private int pages;

	@Override
	public Integer call() throws IOException, InterruptedException {
		RunningSystem system = new RunningSystem(this.root, this.data);
		PushPullMembers members = new PushPullMembers(system.gatewayUrl(), this.authors, this.readers);
		List<PushPullCost> costs = new ArrayList<>();
		System.out.println("| pushed authors | CPU ms a post | CPU ms a page |");
		System.out.println("| --- | --- | --- |");
		List<String> stopped = List.copyOf(system.instances(SERVICE).keySet());
		ProcessControl control = new ProcessControl(system);
		try {
			for (String process : stopped) {
				control.send(process, "stop");
			}
			for (int pushed = 0; pushed <= this.authors; pushed += 2) {
				costs.add(measure(system, members, pushed));
				costs.get(costs.size() - 1).print();
			}
		}
		finally {
			for (String process : stopped) {
				control.send(process, "start");
			}
		}
		System.out.println(costs.get(0).crossover(costs.get(costs.size() - 1)));
		return 0;
	}

	/** Measures with a service that pushes the authors with the fewest followers. */
	private PushPullCost measure(RunningSystem system, PushPullMembers members, int pushed)
			throws IOException, InterruptedException {
		Path logs = Files.createTempDirectory("agora-measure");
		try (Children children = new Children(logs)) {
			int port = Children.freePort();
			int management = Children.freePort();
			Map<String, String> environment = system.environment(SERVICE, port, management, SERVICE + "-measured");
			environment.putAll(settings((pushed > 0) ? members.followersOf(pushed - 1) : 1));
			Process service = children.jar(system.jar(SERVICE), environment);
			children.awaitReady(URI.create("http://127.0.0.1:" + management + "/actuator/health/readiness"));
			Map<String, String> gateway = system.gatewayEnvironment(Children.freePort(), Children.freePort());
			gateway.put("AGORA_CLONES_FEEDSERVICE", "http://127.0.0.1:" + port);
			children.jar(system.jar("gateway"), gateway);
			String url = "http://127.0.0.1:" + gateway.get("SERVER_PORT");
			children.awaitReady(URI.create(url + "/api/v1/products"));
			members.use(url);
			RunningSystem.Instance measured = new RunningSystem.Instance(service.pid(), "http://127.0.0.1:" + port,
					"http://127.0.0.1:" + management);
			FanOutCount done = new FanOutCount(measured);
			warmUp(members, done);
			return measure(members, done, meter(system, measured), (double) pushed / this.authors);
		}
	}

	private static Map<String, String> settings(int threshold) {
		return Map.of("FEED_FANOUT_PULLTHRESHOLD", String.valueOf(threshold), "FEED_FANOUT_HYSTERESIS", "0",
				"FEED_RECONCILER_ENABLED", "false");
	}

	/** Each author is known as pushed or pulled, and each reader has a timeline. */
	private void warmUp(PushPullMembers members, FanOutCount done) throws IOException, InterruptedException {
		for (int round = 0; round < 3; round++) {
			long before = done.read();
			members.post(this.posts);
			done.await(before + (long) this.posts * this.authors);
			members.read(this.pages);
		}
	}

	private PushPullCost measure(PushPullMembers members, FanOutCount done, CpuMeter cpu, double share)
			throws IOException, InterruptedException {
		cpu.startIdle();
		TimeUnit.SECONDS.sleep(IDLE_SECONDS);
		cpu.stopIdle();
		long before = done.read();
		cpu.reset();
		cpu.start();
		members.post(this.posts);
		done.await(before + (long) this.posts * this.authors);
		cpu.stop();
		double post = cpu.seconds() * 1000 / (this.posts * this.authors);
		cpu.reset();
		cpu.start();
		members.read(this.pages);
		cpu.stop();
		return new PushPullCost(share, post, cpu.seconds() * 1000 / (this.pages * this.readers));
	}

	/**
	 * The service and the stores that it uses; the gateway costs the same at any share.
	 */
	private static CpuMeter meter(RunningSystem system, RunningSystem.Instance service) {
		List<RunningSystem.Instance> processes = new ArrayList<>(List.of(service));
		for (String store : List.of("redis", "mongodb", "kafka")) {
			processes.addAll(system.instances(store).values());
		}
		return new CpuMeter(processes);
	}

	/**
	 * The cost of posts and pages.
	 *
	 * @param share the share of the authors who are pushed
	 * @param post the CPU time of a post with its fan-out in ms
	 * @param page the CPU time of a page in ms
	 */
	private record PushPullCost(double share, double post, double page) {

		void print() {
			System.out.printf("| %.0f %% | %.2f | %.3f |%n", this.share * 100, this.post, this.page);
		}

		/** Compares this cost, of pulled authors alone, with that of pushed ones. */
		String crossover(PushPullCost pushed) {
			double write = pushed.post - this.post;
			double read = this.page - pushed.page;
			if (write <= 0 || read <= 0) {
				return "No crossover: one of the two is cheaper for both posts and pages.";
			}
			return "Crossover: to push is cheaper from %.1f pages a post on.".formatted(write / read);
		}

	}

}
