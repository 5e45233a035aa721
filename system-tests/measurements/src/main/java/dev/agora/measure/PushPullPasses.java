package dev.agora.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import dev.agora.measure.experiment.Table;

/**
 * Measures posts and pages at several shares of pushed authors, each with an instance of
 * feed-service of its own.
 */
final class PushPullPasses {

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
		OwnInstances instances = new OwnInstances(this.system, FeedInstance.SERVICE);
		try (StoppedService stopped = new StoppedService(this.system, FeedInstance.SERVICE)) {
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
		int threshold = mostFollowers(planted ? this.members.authors() : pushed) + 1;
		try (FeedInstance measured = new FeedInstance(this.system, instances, threshold)) {
			this.members.use(measured.gateway());
			warmUp(measured.done());
			return measure(measured.done(), meter(measured.instance()), (double) pushed / this.members.authors());
		}
	}

	private int mostFollowers(int pushed) {
		return (pushed > 0) ? this.members.followersOf(pushed - 1) : 0;
	}

	/** Each author is known as pushed or pulled, and each reader has a timeline. */
	private void warmUp(FanOutCount done) throws IOException, InterruptedException {
		for (int round = 0; round < 3; round++) {
			for (int author = 0; author < this.members.authors(); author++) {
				post(done, author);
			}
			this.members.read(this.pages);
		}
	}

	private void post(FanOutCount done, int author) throws IOException, InterruptedException {
		long before = done.read();
		this.members.post(author, this.posts);
		done.await(before + this.posts);
	}

	private PushPullCost measure(FanOutCount done, CpuMeter cpu, double share)
			throws IOException, InterruptedException {
		cpu.startIdle();
		TimeUnit.SECONDS.sleep(IDLE_SECONDS);
		cpu.stopIdle();
		List<Double> posts = new ArrayList<>();
		for (int author = 0; author < this.members.authors(); author++) {
			cpu.reset();
			cpu.start();
			post(done, author);
			cpu.stop();
			posts.add(cpu.seconds() * 1000 / this.posts);
		}
		cpu.reset();
		cpu.start();
		this.members.read(this.pages);
		cpu.stop();
		return new PushPullCost(share, posts, cpu.seconds() * 1000 / (this.pages * this.members.readers()));
	}

	/**
	 * The service and the stores that it uses; the gateway costs the same at any share.
	 */
	private CpuMeter meter(RunningSystem.Instance service) {
		List<RunningSystem.Instance> processes = ServiceMeters.storesOf(this.system, "redis", "mongodb", "kafka");
		processes.add(service);
		return new CpuMeter(processes);
	}

}
