package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import tools.jackson.databind.JsonNode;

/** Sends the requests of the members of the group, and measures their CPU time. */
final class GrowthProbe {

	private static final int CALLERS = 10;

	private static final Set<Integer> SUCCESS = Set.of(200, 204);

	/**
	 * The steps around the ring to a member who is not followed, but a friend of friends.
	 */
	private static final int DISTANCE = 15;

	private final HttpClient http = HttpClient.newHttpClient();

	private final String gateway;

	private final ServiceMeters meters;

	private final List<Visitor> callers = new ArrayList<>();

	private final List<String> others = new ArrayList<>();

	private final String hub;

	GrowthProbe(RunningSystem system, GrowthGraph graph) throws IOException, InterruptedException {
		this.gateway = system.gatewayUrl();
		this.meters = new ServiceMeters(new CpuMeter(system.instances("graph-service").values()),
				new CpuMeter(ServiceMeters.storesOf(system, "mongodb", "redis")));
		for (int caller = 0; caller < CALLERS; caller++) {
			this.callers.add(new Visitor(this.gateway, graph.handle(caller), GrowthGraph.PASSWORD));
			this.others.add(id(graph.handle(caller + DISTANCE)));
		}
		this.hub = id(graph.hub());
	}

	private String id(String handle) throws IOException, InterruptedException {
		JsonNode member = this.callers.get(0).get("members?handle=" + handle);
		return member.path("id").asString();
	}

	/** Sends each caller's request once, all at the same time. */
	void round(GrowthRoute route) {
		List<CompletableFuture<Void>> sent = new ArrayList<>();
		for (int caller = 0; caller < CALLERS; caller++) {
			String path = route.path().replace("OTHER", this.others.get(caller)).replace("HUB", this.hub);
			HttpRequest request = HttpRequest.newBuilder(URI.create(this.gateway + "/api/v1/graph/" + path))
				.header("Authorization", this.callers.get(caller).authorization())
				.method(route.method(), HttpRequest.BodyPublishers.noBody())
				.build();
			sent.add(this.http.sendAsync(request, HttpResponse.BodyHandlers.ofString())
				.thenAccept(GrowthProbe::requireSuccess));
		}
		sent.forEach(CompletableFuture::join);
	}

	private static void requireSuccess(HttpResponse<String> response) {
		if (!SUCCESS.contains(response.statusCode())) {
			throw new Problem(response.request().method() + " " + response.uri() + " got " + response.statusCode()
					+ ": " + response.body());
		}
	}

	/**
	 * Measures a route. A write and the one that undoes it alternate, and only the first
	 * is measured.
	 * @return the CPU time of graph-service and of the stores
	 */
	CpuCost measure(GrowthRoute route, GrowthRoute undo, int rounds) throws IOException, InterruptedException {
		CpuCost all = new CpuCost(0, 0, 0);
		for (int round = 0; round < rounds; round++) {
			this.meters.start();
			round(route);
			settle(route);
			all = all.plus(this.meters.stop(CALLERS));
			if (route.isWrite()) {
				round(undo);
				settle(undo);
			}
		}
		return all;
	}

	/** Measures a number of rounds of a read in one interval. */
	CpuCost measureRead(GrowthRoute route, int rounds) throws IOException {
		this.meters.start();
		for (int round = 0; round < rounds; round++) {
			round(route);
		}
		return this.meters.stop((long) rounds * CALLERS);
	}

	/**
	 * Measures what the processes need without requests, which is no cost of any.
	 * @param seconds the measured time, in which nothing is awaited
	 */
	void calibrate(int seconds) throws IOException, InterruptedException {
		this.meters.calibrate(seconds);
	}

	/** The events of a write are part of its cost. */
	private static void settle(GrowthRoute route) throws InterruptedException {
		if (route.isWrite()) {
			TimeUnit.MILLISECONDS.sleep(300);
		}
	}

}
