package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures how long a home feed takes whose timeline is missing, against the query of the
 * same activities alone.
 */
@Command(name = "rebuild",
		description = "Compare the read of a home feed whose timeline Redis has lost with the query of the same documents "
				+ "alone. It takes about two minutes.")
final class RebuildCost implements Callable<Integer> {

	private static final double GOAL = 1.25;

	private static final int PAIRS = 100;

	private static final int WARM_UPS = 12;

	private static final double STEADY = 0.05;

	/** More than a timeline has when it is built. */
	private static final int POSTS = 600;

	@Mixin
	private SystemOptions options = new SystemOptions();

	@Option(names = "--members", defaultValue = "40", description = "Number of members; each follows all others.")
	private int members;

	@Option(names = "--rounds", defaultValue = "10", description = "Number of rounds of 100 pairs.")
	private int rounds;

	@Option(names = "--minutes", defaultValue = "10", description = "No round begins after this time.")
	private int minutes;

	@Option(names = "--any-load", description = "Also measure while other processes are busy: a trial only.")
	private boolean anyLoad;

	@Override
	public Integer call() throws IOException, InterruptedException {
		TimeLimit limit = TimeLimit.ofMinutes(this.minutes);
		RunningSystem system = this.options.open();
		ForeignLoad load = new ForeignLoad(system, this.anyLoad);
		load.requireQuiet();
		SocialMembers all = new SocialMembers(system, SocialGraph.complete(this.members));
		Path logs = Files.createTempDirectory("agora-measure");
		System.out.println("The output of the process is in " + logs);
		OwnInstances instances = new OwnInstances(system, "feed-service");
		try (Children children = new Children(logs);
				ActivityQuery query = new ActivityQuery(instances.setting("AGORA_MONGODB_URI"), all)) {
			RunningSystem.Instance service = instances.start(children,
					Map.of("AGORA_KAFKA_CONSUME", "false", "FEED_RECONCILER_ENABLED", "false"));
			load.add(service.pid());
			RebuiltFeed feed = new RebuiltFeed(service, new Redis(system.instances("redis").values().iterator().next()),
					all);
			feed.post(POSTS);
			feed.awaitSameAs(query);
			warmUp(feed, query);
			return report(measure(feed, query, load, limit));
		}
	}

	private static void warmUp(RebuiltFeed feed, ActivityQuery query) throws IOException, InterruptedException {
		double last = measure(feed, query).ratio();
		for (int number = 1; number < WARM_UPS; number++) {
			double before = last;
			Times times = measure(feed, query);
			last = times.ratio();
			System.out.printf("warming: rebuild %.1f ms, query %.1f ms%n", times.rebuild(), times.query());
			if (number > WARM_UPS / 3 && Math.abs(last - before) < STEADY * before) {
				return;
			}
		}
		System.out.println("The times did not become steady, probably since other processes use the machine.");
	}

	private List<Times> measure(RebuiltFeed feed, ActivityQuery query, ForeignLoad load, TimeLimit limit)
			throws IOException, InterruptedException {
		List<Times> measured = new ArrayList<>();
		for (int number = 0; number < this.rounds && !limit.isReached(); number++) {
			load.start();
			Times times = measure(feed, query);
			if (load.isQuiet(load.stop())) {
				measured.add(times);
			}
		}
		if (measured.isEmpty()) {
			throw new Problem("No round counts. Repeat the measurement on an idle machine.");
		}
		return measured;
	}

	/** Rebuilds and queries in turn; which one is first changes with each pair. */
	private static Times measure(RebuiltFeed feed, ActivityQuery query) throws IOException, InterruptedException {
		feed.renewIdentities();
		List<Double> rebuilds = new ArrayList<>();
		List<Double> queries = new ArrayList<>();
		List<Double> cached = new ArrayList<>();
		for (int pair = 0; pair < PAIRS; pair++) {
			if (pair % 2 == 0) {
				queries.add(query.time());
			}
			feed.forget();
			rebuilds.add(feed.time());
			cached.add(feed.time());
			if (pair % 2 == 1) {
				queries.add(query.time());
			}
		}
		return new Times(Ratios.median(rebuilds), Ratios.median(queries), Ratios.median(cached));
	}

	private static int report(List<Times> measured) {
		Ratios ratios = new Ratios(measured.stream().map(Times::ratio).toList());
		System.out.println("| read | median ms |");
		System.out.println("| --- | --- |");
		System.out.printf("| home feed, timeline missing | %.2f |%n", median(measured.stream().map(Times::rebuild)));
		System.out.printf("| query of %d activities alone | %.2f |%n", ActivityQuery.LIMIT,
				median(measured.stream().map(Times::query)));
		System.out.printf("| home feed, timeline in Redis | %.2f |%n", median(measured.stream().map(Times::cached)));
		boolean met = ratios.median() <= GOAL;
		System.out.printf("rebuild over the query: %.2f (95 %%: %s), goal at most %.2f: %s%n", ratios.median(),
				ratios.interval(), GOAL, met ? "met" : "missed");
		return met ? 0 : 1;
	}

	private static double median(Stream<Double> values) {
		return Ratios.median(values.toList());
	}

	/**
	 * The median times of one round in milliseconds.
	 *
	 * @param rebuild of the feed without a timeline
	 * @param query of the same documents
	 * @param cached of the feed with a timeline
	 */
	private record Times(double rebuild, double query, double cached) {

		double ratio() {
			return this.rebuild / this.query;
		}

	}

}
