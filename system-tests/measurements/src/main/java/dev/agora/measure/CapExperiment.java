package dev.agora.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import dev.agora.measure.CapSample.Outcome;
import dev.agora.measure.history.Level;

/** Cuts each store off for a while, and shows what each level of consistency answered. */
@Command(name = "cap", description = {
		"Cut Redis, Kafka and MongoDB off, one after the other, and show what each level of consistency "
				+ "answers before, during and after. It takes two minutes, or 40 s with --quick, and needs ./agora up.",
		"The claim: eventual reads are answered while any copy can be reached; session and strong reads are "
				+ "refused rather than older than promised. One red mark in the chart would prove it wrong." })
final class CapExperiment implements Callable<Integer> {

	private static final List<String> STORES = List.of("redis", "kafka", "mongodb");

	@Option(names = "--root", defaultValue = ".", description = "Folder of the project.")
	private Path root = Path.of(".");

	@Option(names = "--data", defaultValue = ".agora", description = "Data directory of the running system.")
	private Path data = Path.of(".agora");

	@Option(names = "--out", defaultValue = "docs/experiments", description = "Folder for the page with the chart.")
	private Path out = Path.of("docs/experiments");

	@Option(names = "--quick", description = "Cut each store off for 4 s instead of 12 s.")
	private boolean quick;

	@Option(names = "--plant", description = "Send session reads without their token, which the chart must show.")
	private boolean planted;

	@Override
	public Integer call() throws IOException, InterruptedException {
		RunningSystem system = new RunningSystem(this.root, this.data);
		ProcessControl control = new ProcessControl(system);
		List<CapPart> parts = new ArrayList<>();
		for (String store : STORES) {
			System.out.println(store + " is cut off for " + duration() + " s.");
			parts.add(run(control, system.gatewayUrl(), store));
		}
		System.out.print(CapTable.of(parts));
		Path page = Files.createDirectories(this.out).resolve("cap.html");
		Files.writeString(page, CapPage.of(parts));
		System.out.println("The chart is in " + page);
		return parts.stream().flatMap((part) -> part.samples().stream()).anyMatch(CapExperiment::isBroken) ? 1 : 0;
	}

	private static boolean isBroken(CapSample sample) {
		return sample.outcome() == Outcome.BROKEN;
	}

	private int duration() {
		return this.quick ? 4 : 12;
	}

	private CapPart run(ProcessControl control, String gateway, String store) throws IOException, InterruptedException {
		List<CapClient> clients = clients(gateway);
		CapClock clock = new CapClock(store);
		ExecutorService threads = Executors.newFixedThreadPool(clients.size());
		List<Future<List<CapSample>>> lanes = new ArrayList<>();
		clients.forEach((client) -> lanes.add(threads.submit(new CapLane(client, clock))));
		threads.shutdown();
		try {
			return cut(control, clock, lanes);
		}
		finally {
			clock.ended.set(true);
		}
	}

	/** Without MongoDB no write can succeed, so none is tried. */
	private CapPart cut(ProcessControl control, CapClock clock, List<Future<List<CapSample>>> lanes)
			throws IOException, InterruptedException {
		TimeUnit.SECONDS.sleep(duration());
		clock.writesPaused.set(clock.store.equals("mongodb"));
		double cut = clock.seconds();
		control.send(clock.store, "stop");
		TimeUnit.SECONDS.sleep(duration());
		control.send(clock.store, "start");
		double restored = clock.seconds();
		clock.writesPaused.set(false);
		TimeUnit.SECONDS.sleep(duration());
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
	private List<CapClient> clients(String gateway) throws IOException, InterruptedException {
		ApiClient api = new ApiClient(gateway);
		List<CapClient> clients = new ArrayList<>();
		for (Level level : Level.values()) {
			Visitor seller = new Visitor(gateway);
			String path = seller.newProduct().substring("/api/v1".length());
			clients.add(new CapProduct(api, new CapReader(level, seller.authorization(), sendsToken(level)), path));
		}
		for (Level level : Level.values()) {
			Visitor author = new Visitor(gateway);
			FollowHistory follow = new FollowHistory(author.get("members/me").path("id").asString(), author.newPost());
			clients.add(new CapFeed(api, new CapReader(level, new Visitor(gateway).authorization(), sendsToken(level)),
					follow));
		}
		return clients;
	}

	private boolean sendsToken(Level level) {
		return !(this.planted && level == Level.SESSION);
	}

}
