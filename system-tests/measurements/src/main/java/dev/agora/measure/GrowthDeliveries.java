package dev.agora.measure;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Measures the delivery of posts to more and more followers. */
final class GrowthDeliveries {

	private static final List<Integer> FOLLOWERS = List.of(39, 390, 3_900);

	private final Experiment.Run run;

	private final RunningSystem.Instance service;

	GrowthDeliveries(Experiment.Run run) {
		this.run = run;
		this.service = run.system().instances("feed-service").values().iterator().next();
	}

	/**
	 * Returns the CPU time of the delivery to one follower, by the followers of a post.
	 */
	Map<Integer, CpuCost> measure() throws IOException, InterruptedException {
		ImportedFollowers imported = new ImportedFollowers(this.run.system());
		Map<Integer, FeedMember> authors = new TreeMap<>();
		for (int followers : FOLLOWERS) {
			FeedMember author = new FeedMember(this.run.system().gatewayUrl());
			imported.follow(author.handle(), followers);
			authors.put(followers, author);
		}
		ServiceMeters meters = ServiceMeters.calibrated(List.of(this.service),
				ServiceMeters.storesOf(this.run.system(), "redis", "mongodb"), this.run.quick() ? 3 : 20);
		Map<Integer, CpuCost> costs = new TreeMap<>();
		for (Map.Entry<Integer, FeedMember> author : authors.entrySet()) {
			SteadyCost.await(this.run, "a delivery to one of " + author.getKey(),
					() -> post(author.getValue(), author.getKey(), meters));
			costs.put(author.getKey(), post(author.getValue(), author.getKey(), meters));
		}
		return costs;
	}

	private CpuCost post(FeedMember author, int followers, ServiceMeters meters)
			throws IOException, InterruptedException {
		int posts = this.run.quick() ? 10 : 100;
		FanOutCount done = new FanOutCount(this.service);
		long before = done.read();
		meters.start();
		for (int post = 0; post < posts; post++) {
			author.requirePost();
		}
		done.await(before + posts);
		return meters.stop((long) posts * followers);
	}

}
