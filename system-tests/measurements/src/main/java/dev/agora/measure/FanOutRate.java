package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures how many deliveries of posts a second reach the timelines of followers,
 * against redis-benchmark of ZADD into sorted sets of the same length.
 */
@Command(name = "deliveries",
		description = "Compare deliveries of posts into timelines with redis-benchmark of ZADD into sorted sets of the "
				+ "same length: the fan-out of stored posts alone, and from the requests on. It stops feed-service "
				+ "of ./agora up for the time of the measurement, about three minutes.")
final class FanOutRate implements Callable<Integer> {

	private static final double STAGE_GOAL = 1.0;

	private static final double REQUEST_GOAL = 0.35;

	private static final int MAX_ATTEMPTS = 10;

	private static final int WARM_UPS = 6;

	private static final double STEADY = 0.05;

	@Mixin
	private SystemOptions options = new SystemOptions();

	@Mixin
	private SocialOptions social = new SocialOptions();

	@Option(names = "--posts", defaultValue = "2000", description = "Number of posts in one measurement.")
	private int posts;

	@Option(names = "--rounds", defaultValue = "4", description = "Number of rounds; each measures all sides.")
	private int rounds;

	@Option(names = "--minutes", defaultValue = "15", description = "No round begins after this time.")
	private int minutes;

	@Option(names = "--any-load", description = "Also measure while other processes are busy: a trial only.")
	private boolean anyLoad;

	@Override
	public Integer call() throws IOException, InterruptedException {
		RedisBenchmark.require();
		TimeLimit limit = TimeLimit.ofMinutes(this.minutes);
		RunningSystem system = this.options.open();
		ForeignLoad load = new ForeignLoad(system, this.anyLoad);
		load.requireQuiet();
		SocialMembers members = this.social.members(system);
		Path logs = Files.createTempDirectory("agora-measure");
		System.out.println("The output of the processes is in " + logs);
		OwnInstances instances = new OwnInstances(system, "feed-service");
		try (StoppedService stopped = new StoppedService(system, "feed-service");
				Children children = new Children(logs);
				FeedSets sets = new FeedSets(system.instances("redis").values().iterator().next())) {
			System.out.println("Stopped for the time of the measurement: " + stopped.instances());
			DeliveringService service = new DeliveringService(children, instances, members);
			service.pids().forEach(load::add);
			service.awaitFollows();
			build(service, sets, members);
			sets.fillTimelines(members);
			warmUp(service, sets);
			return report(measure(service, sets, load, limit), sets.countTimelines(members), members);
		}
	}

	/** A feed that is read while Redis responds late is not built. */
	private static void build(DeliveringService service, FeedSets sets, SocialMembers members) throws IOException {
		for (int attempt = 0; sets.countTimelines(members)[0] < members.graph().size(); attempt++) {
			if (attempt == MAX_ATTEMPTS) {
				throw new Problem("Not all timelines were built, probably since Redis responds late.");
			}
			service.readAll();
		}
	}

	private void warmUp(DeliveringService service, FeedSets sets) throws IOException, InterruptedException {
		sets.addedPerSecond();
		service.deliverRequests(this.posts);
		double last = service.deliverBacklog(this.posts);
		for (int number = 1; number < WARM_UPS; number++) {
			double before = last;
			last = service.deliverBacklog(this.posts);
			System.out.printf("warming: %.0f deliveries/s%n", last);
			if (Math.abs(last - before) < STEADY * before) {
				return;
			}
		}
		System.out.println("The deliveries did not become steady, probably since other processes use the machine.");
	}

	/** Each round begins with the side that the round before has ended with. */
	private List<Round> measure(DeliveringService service, FeedSets sets, ForeignLoad load, TimeLimit limit)
			throws IOException, InterruptedException {
		List<Round> measured = new ArrayList<>();
		for (int number = 0; number < this.rounds && !limit.isReached(); number++) {
			load.start();
			double setsBefore = sets.addedPerSecond();
			double first = deliver(service, number % 2 == 0);
			double second = deliver(service, number % 2 == 1);
			double added = (setsBefore + sets.addedPerSecond()) / 2;
			Round round = (number % 2 == 0) ? new Round(first, second, added) : new Round(second, first, added);
			System.out.printf("round %d: stored posts %.0f, from the requests on %.0f deliveries/s, ZADD %.0f/s%n",
					number + 1, round.stage(), round.requests(), added);
			if (load.isQuiet(load.stop())) {
				measured.add(round);
			}
		}
		if (measured.isEmpty()) {
			throw new Problem("No round counts. Repeat the measurement on an idle machine.");
		}
		return measured;
	}

	private double deliver(DeliveringService service, boolean stored) throws IOException, InterruptedException {
		return stored ? service.deliverBacklog(this.posts) : service.deliverRequests(this.posts);
	}

	/** Pushes to a timeline that was evicted cost nothing, so all must be there. */
	private static int report(List<Round> measured, double[] timelines, SocialMembers members) {
		System.out.printf("%.0f of %d timelines are in Redis, with %.0f entries on average%n", timelines[0],
				members.graph().size(), timelines[1]);
		if (timelines[0] < members.graph().size()) {
			throw new Problem("Timelines were evicted meanwhile, so the figures do not count.");
		}
		Ratios stage = new Ratios(measured.stream().map((round) -> round.stage() / round.sets()).toList());
		Ratios requests = new Ratios(measured.stream().map((round) -> round.requests() / round.sets()).toList());
		System.out.println("| deliveries | a second | over ZADD (95 %) | goal |");
		System.out.println("| --- | --- | --- | --- |");
		print("of stored posts", measured.stream().map(Round::stage).toList(), stage, STAGE_GOAL);
		print("from the requests on", measured.stream().map(Round::requests).toList(), requests, REQUEST_GOAL);
		System.out.printf("| redis-benchmark, ZADD | %.0f | 1 | |%n",
				Ratios.median(measured.stream().map(Round::sets).toList()));
		return (stage.median() >= STAGE_GOAL && requests.median() >= REQUEST_GOAL) ? 0 : 1;
	}

	private static void print(String name, List<Double> rates, Ratios ratios, double goal) {
		System.out.printf("| %s | %.0f | %.2f (%s) | at least %.2f: %s |%n", name, Ratios.median(rates),
				ratios.median(), ratios.interval(), goal, (ratios.median() >= goal) ? "met" : "missed");
	}

	/**
	 * The rates of one round.
	 *
	 * @param stage deliveries of stored posts a second
	 * @param requests deliveries a second from the requests on
	 * @param sets entries that redis-benchmark adds a second
	 */
	private record Round(double stage, double requests, double sets) {
	}

}
