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

	private static final int IDLE_SECONDS = 10;

	private static final double STEADY = 0.1;

	private final RunningSystem system;

	private final PushPullMembers members;

	private final int posts;

	private final int pages;

	private final int warmUps;

	/**
	 * Creates the passes.
	 * @param posts the posts of each author in a pass
	 * @param pages the pages of each reader in a pass
	 * @param warmUps the passes before that do not count, at most; fewer if the cost is
	 * steady
	 */
	PushPullPasses(RunningSystem system, PushPullMembers members, int posts, int pages, int warmUps) {
		this.system = system;
		this.members = members;
		this.posts = posts;
		this.pages = pages;
		this.warmUps = warmUps;
	}

	/**
	 * Measures with some numbers of pushed authors, while the service of the system is
	 * stopped.
	 * @param order how many authors are pushed in each pass
	 * @param planted whether all authors are pushed in each pass, which is a fault
	 */
	List<PushPullCost> measure(List<Integer> order, boolean planted) throws IOException, InterruptedException {
		List<PushPullCost> costs = new ArrayList<>();
		OwnInstances instances = new OwnInstances(this.system, FeedInstance.SERVICE);
		try (StoppedService stopped = new StoppedService(this.system, FeedInstance.SERVICE)) {
			System.out.println("Stopped for the time of the measurement: " + stopped.instances());
			for (int pushed : order) {
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
			settle(measured);
			CpuMeter cpu = meter(measured.instance());
			calibrate(cpu);
			double share = (double) pushed / this.members.authors();
			PushPullCost before = measure(measured, cpu, share);
			for (int round = 0; round < this.warmUps; round++) {
				PushPullCost last = measure(measured, cpu, share);
				System.out.printf("warming: %.2f ms a post, %.3f ms a page%n", last.post(), last.page());
				if (last.isCloseTo(before, STEADY)) {
					break;
				}
				before = last;
			}
			calibrate(cpu);
			return measure(measured, cpu, share);
		}
	}

	/**
	 * Lets the service decide at a post of each author whether it pushes or pulls them,
	 * and then lets it build the timelines of the readers again: one that was built while
	 * an author was pulled reads that author from the store ever after.
	 */
	private void settle(FeedInstance measured) throws IOException, InterruptedException {
		FanOutCount done = measured.done();
		long before = done.read();
		for (int author = 0; author < this.members.authors(); author++) {
			this.members.post(author, 1);
		}
		done.await(before + this.members.authors());
		new Redis(this.system.instances("redis").values().iterator().next()).delete(this.members.timelines());
		this.members.read(1);
	}

	private static void calibrate(CpuMeter cpu) throws IOException, InterruptedException {
		cpu.startIdle();
		TimeUnit.SECONDS.sleep(IDLE_SECONDS);
		cpu.stopIdle();
	}

	private int mostFollowers(int pushed) {
		return (pushed > 0) ? this.members.followersOf(pushed - 1) : 0;
	}

	private PushPullCost measure(FeedInstance measured, CpuMeter cpu, double share)
			throws IOException, InterruptedException {
		List<Double> posts = new ArrayList<>();
		for (int author = 0; author < this.members.authors(); author++) {
			posts.add(measurePosts(measured.done(), cpu, author));
		}
		cpu.reset();
		cpu.start();
		this.members.read(this.pages);
		cpu.stop();
		return new PushPullCost(share, posts, cpu.seconds() * 1000 / (this.pages * this.members.readers()));
	}

	/**
	 * Returns the CPU time of a post and its fan-out in ms. It includes some reads of the
	 * count of fan-outs, which cost the same at any share.
	 */
	private double measurePosts(FanOutCount done, CpuMeter cpu, int author) throws IOException, InterruptedException {
		long before = done.read();
		cpu.reset();
		cpu.start();
		this.members.post(author, this.posts);
		done.await(before + this.posts);
		cpu.stop();
		return Math.max(0, cpu.seconds() * 1000 / this.posts);
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
