package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Measures the home feeds of feed-service: a page against the hand-written proxy and the
 * commands of Redis that it needs, and a post against the proxy.
 */
@Command(name = "feed",
		description = "Compare pages of home feeds and posts with a hand-written proxy and with Redis alone.")
final class FeedCost implements Callable<Integer> {

	private static final String PROXY = "hand-written proxy";

	private static final String PAGE = "feed-service, a page of 20";

	private static final String RANGE = "Redis, LRANGE of 21 ids";

	private static final String OBJECTS = "Redis, MGET of 21 activities";

	private static final double FOREIGN_CORES = 0.5;

	private static final int WARM_UP_WINDOWS = 5;

	private static final int WARM_UP_SECONDS = 10;

	@Mixin
	private SystemOptions options = new SystemOptions();

	@Option(names = "--members", defaultValue = "40", description = "Number of members; each follows all others.")
	private int members;

	@Option(names = "--entries", defaultValue = "800", description = "Number of entries in each timeline.")
	private int entries;

	@Option(names = "--rounds", defaultValue = "3",
			description = "Number of rounds; each measures all sides twice, forwards and backwards.")
	private int rounds;

	@Option(names = "--seconds", defaultValue = "5", description = "Seconds per measurement of one side.")
	private int seconds;

	@Option(names = "--posts", defaultValue = "2000", description = "Number of posts in one measurement.")
	private int posts;

	@Option(names = "--any-load", description = "Also count passes during which other processes were busy.")
	private boolean anyLoad;

	@Override
	public Integer call() throws IOException, InterruptedException {
		Wrk.require();
		RedisBenchmark.require();
		RunningSystem system = this.options.open();
		Path logs = Files.createTempDirectory("agora-measure");
		System.out.println("The output of the processes is in " + logs);
		try (Children children = new Children(logs)) {
			FeedCircle circle = new FeedCircle(system, this.members);
			circle.buildAll();
			circle.fill(this.entries);
			Proxy proxy = proxy(children);
			System.out.printf("%d members with feeds of %d entries%n", circle.ids().size(), this.entries);
			List<Sample> units = comparePages(system, circle, proxy);
			comparePosts(system, circle, Ratios.median(units.stream().map(Sample::cost).toList()));
		}
		return 0;
	}

	private static Proxy proxy(Children children) throws IOException, InterruptedException {
		int upstream = Children.freePort();
		Process behind = children.role("upstream", "--port", String.valueOf(upstream));
		String address = "http://127.0.0.1:" + upstream;
		children.awaitReady(URI.create(address));
		int port = Children.freePort();
		Process proxy = children.role("proxy", "--port", String.valueOf(port), "--upstream", address);
		URI local = URI.create("http://127.0.0.1:" + port);
		children.awaitReady(local);
		return new Proxy(new Side(PROXY, proxy.pid(), local, Map.of()), behind.pid());
	}

	/** Returns the samples of the proxy. */
	private List<Sample> comparePages(RunningSystem system, FeedCircle circle, Proxy proxy)
			throws IOException, InterruptedException {
		RunningSystem.Instance service = system.instances("feed-service").values().iterator().next();
		RunningSystem.Instance redis = system.instances("redis").values().iterator().next();
		List<String> objects = new ArrayList<>(List.of("MGET"));
		circle.firstPage().forEach((id) -> objects.add("feed:activity:v3:{" + id + "}"));
		Map<String, Load> loads = new LinkedHashMap<>();
		loads.put(PROXY, () -> Wrk.load(proxy.side(), proxy.upstream(), this.seconds));
		loads.put(PAGE, () -> Wrk.load(page(service, circle), redis.pid(), this.seconds));
		loads.put(RANGE, () -> redis(redis, "LRANGE", circle.timeline(0), "0", "20"));
		loads.put(OBJECTS, () -> redis(redis, objects.toArray(String[]::new)));
		for (int window = 0; window < WARM_UP_WINDOWS; window++) {
			Wrk.load(proxy.side(), proxy.upstream(), WARM_UP_SECONDS);
			Sample page = Wrk.load(page(service, circle), redis.pid(), WARM_UP_SECONDS);
			System.out.printf("warming: %.0f µs of CPU a page, %.0f pages/s%n", page.cost(), page.perSecond());
		}
		List<Pass> passes = measure(loads);
		printPages(passes, loads.keySet());
		return passes.stream().map((pass) -> pass.of(PROXY)).toList();
	}

	private static Side page(RunningSystem.Instance service, FeedCircle circle)
			throws IOException, InterruptedException {
		return new Side(PAGE, service.pid(), URI.create(service.url()), Map.of(), circle.script());
	}

	private Sample redis(RunningSystem.Instance redis, String... command) throws IOException, InterruptedException {
		return RedisBenchmark.load(redis.pid(), URI.create(redis.url()).getPort(), 20_000 * this.seconds, command);
	}

	private List<Pass> measure(Map<String, Load> loads) throws IOException, InterruptedException {
		List<Pass> passes = new ArrayList<>();
		List<Map.Entry<String, Load>> order = new ArrayList<>(loads.entrySet());
		for (int number = 1; number <= 2 * this.rounds; number++) {
			Map<String, Sample> samples = new LinkedHashMap<>();
			for (Map.Entry<String, Load> side : order) {
				samples.put(side.getKey(), side.getValue().run());
			}
			Pass pass = new Pass(samples);
			if (this.anyLoad || pass.isQuiet(FOREIGN_CORES)) {
				passes.add(pass);
			}
			Collections.reverse(order);
		}
		System.out.printf("%d of %d passes count.%n", passes.size(), 2 * this.rounds);
		if (passes.isEmpty()) {
			throw new Problem("Other processes were busy during every pass. Repeat it on an idle machine.");
		}
		return passes;
	}

	private static void printPages(List<Pass> passes, Iterable<String> names) {
		System.out.println("| side | CPU µs | a second | cores of the generator | cores of other processes |");
		System.out.println("| --- | --- | --- | --- | --- |");
		for (String name : names) {
			System.out.printf("| %s | %.1f | %.0f | %.2f | %.2f |%n", name, median(passes, name, Sample::cost),
					median(passes, name, Sample::perSecond), median(passes, name, Sample::generatorCores),
					median(passes, name, Sample::elsewhere));
		}
		print("CPU of a page over the proxy, goal at most 4", passes,
				(pass) -> pass.of(PAGE).cost() / pass.of(PROXY).cost());
		print("pages a second over the commands of Redis alone, goal at least 0.40", passes,
				(pass) -> pass.of(PAGE).perSecond()
						* (1 / pass.of(RANGE).perSecond() + 1 / pass.of(OBJECTS).perSecond()));
	}

	private static void print(String name, List<Pass> passes, ToDoubleFunction<Pass> figure) {
		Ratios ratios = new Ratios(passes.stream().mapToDouble(figure).boxed().toList());
		System.out.printf("%s: %.2f (95 %%: %s)%n", name, ratios.median(), ratios.interval());
	}

	private static double median(List<Pass> passes, String name, ToDoubleFunction<Sample> figure) {
		return Ratios.median(passes.stream().map((pass) -> figure.applyAsDouble(pass.of(name))).toList());
	}

	private void comparePosts(RunningSystem system, FeedCircle circle, double unit)
			throws IOException, InterruptedException {
		new PostPasses(system, circle, this.posts).measure(2 * this.rounds).print(unit);
	}

	/** The proxy and the process behind it. */
	private record Proxy(Side side, long upstream) {
	}

	/** Loads one side. */
	private interface Load {

		Sample run() throws IOException, InterruptedException;

	}

}
