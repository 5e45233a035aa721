package dev.agora.measure;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import dev.agora.measure.CapSample.Outcome;
import dev.agora.measure.experiment.Check;
import dev.agora.measure.experiment.Claim;
import dev.agora.measure.experiment.Findings;
import dev.agora.measure.history.Level;

/** Cuts each store off for a while, and shows what each level of consistency answered. */
final class CapExperiment implements Experiment {

	private static final Claim CLAIM = new Claim("cap",
			"While a store is cut off, eventual reads are answered as long as any copy can be reached; session and strong "
					+ "reads are refused rather than older than promised.",
			"One read that is older than its level promises: a red mark in the chart.",
			"session reads are sent without their token", new Claim.Effort("two minutes", "40 s", "nothing"));

	private static final List<String> STORES = List.of("redis", "kafka", "mongodb");

	@Override
	public Claim claim() {
		return CLAIM;
	}

	@Override
	public List<String> options() {
		return List.of();
	}

	@Override
	public String reading() {
		return "There is a chart for each store that is cut off. Each mark is a read by a client that has just written, "
				+ "as wide as the read took: green has the newest state, blue an allowed older copy that says its age, "
				+ "yellow an older one without a promise, grey was refused. Red is older than promised, and would refute "
				+ "the claim. The store is unavailable in the grey band: eventual reads continue there, session and "
				+ "strong reads turn grey.";
	}

	@Override
	public Findings run(Run run) throws IOException, InterruptedException {
		List<CapPart> parts = new ArrayList<>();
		for (String store : STORES) {
			System.out.println(store + " is cut off for " + seconds(run) + " s.");
			parts.add(run(run, store));
		}
		List<CapSample> samples = parts.stream().flatMap((part) -> part.samples().stream()).toList();
		long broken = samples.stream().filter((sample) -> sample.outcome() == Outcome.BROKEN).count();
		Check check = new Check(
				"%d of %d reads are older than promised, allowed are none".formatted(broken, samples.size()),
				broken == 0 && !samples.isEmpty());
		return new Findings(List.of(check), List.of(CapTable.of(parts)), List.of(CapChart.of(parts)), parts);
	}

	private static int seconds(Run run) {
		return run.quick() ? 4 : 12;
	}

	private static CapPart run(Run run, String store) throws IOException, InterruptedException {
		List<CapClient> clients = clients(run);
		CapClock clock = new CapClock(store);
		ExecutorService threads = Executors.newFixedThreadPool(clients.size());
		List<Future<List<CapSample>>> lanes = new ArrayList<>();
		clients.forEach((client) -> lanes.add(threads.submit(new CapLane(client, clock))));
		threads.shutdown();
		try {
			return cut(run, clock, lanes);
		}
		finally {
			clock.ended.set(true);
		}
	}

	/** Without MongoDB no write can succeed, so none is tried. */
	private static CapPart cut(Run run, CapClock clock, List<Future<List<CapSample>>> lanes)
			throws IOException, InterruptedException {
		ProcessControl control = new ProcessControl(run.system());
		TimeUnit.SECONDS.sleep(seconds(run));
		clock.writesPaused.set(clock.store.equals("mongodb"));
		double cut = clock.seconds();
		control.send(clock.store, "stop");
		TimeUnit.SECONDS.sleep(seconds(run));
		control.send(clock.store, "start");
		double restored = clock.seconds();
		clock.writesPaused.set(false);
		TimeUnit.SECONDS.sleep(seconds(run));
		clock.ended.set(true);
		return new CapPart(clock.store, cut, restored, clock.seconds(), samples(lanes));
	}

	private static List<CapSample> samples(List<Future<List<CapSample>>> lanes) throws InterruptedException {
		List<CapSample> samples = new ArrayList<>();
		try {
			for (Future<List<CapSample>> lane : lanes) {
				samples.addAll(lane.get());
			}
		}
		catch (ExecutionException ex) {
			throw new Problem("A client has stopped: " + ex.getCause());
		}
		return samples;
	}

	/** Each level reads objects of its own, so that no client waits for another. */
	private static List<CapClient> clients(Run run) throws IOException, InterruptedException {
		String gateway = run.system().gatewayUrl();
		ApiClient api = new ApiClient(gateway);
		List<CapClient> clients = new ArrayList<>();
		for (Level level : Level.values()) {
			Visitor seller = new Visitor(gateway);
			String path = seller.newProduct().substring("/api/v1".length());
			clients
				.add(new CapProduct(api, new CapReader(level, seller.authorization(), sendsToken(run, level)), path));
		}
		for (Level level : Level.values()) {
			Visitor author = new Visitor(gateway);
			FollowHistory follow = new FollowHistory(author.get("members/me").path("id").asString(), author.newPost());
			clients.add(new CapFeed(api,
					new CapReader(level, new Visitor(gateway).authorization(), sendsToken(run, level)), follow));
		}
		return clients;
	}

	private static boolean sendsToken(Run run, Level level) {
		return !(run.planted() && level == Level.SESSION);
	}

}
