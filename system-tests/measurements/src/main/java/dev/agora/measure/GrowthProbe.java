package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

	private static final double MICROS = 1e6;

	private final HttpClient http = HttpClient.newHttpClient();

	private final String gateway;

	private final List<CpuMeter> meters;

	private final List<Visitor> callers = new ArrayList<>();

	private final List<String> others = new ArrayList<>();

	private final String hub;

	GrowthProbe(RunningSystem system, GrowthGraph graph) throws IOException, InterruptedException {
		this.gateway = system.gatewayUrl();
		List<RunningSystem.Instance> stores = new ArrayList<>(system.instances("mongodb").values());
		stores.addAll(system.instances("redis").values());
		this.meters = List.of(new CpuMeter(system.instances("graph-service").values()), new CpuMeter(stores));
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

	/** Sends each caller's request once. */
	void round(GrowthRoute route) throws IOException, InterruptedException {
		for (int caller = 0; caller < CALLERS; caller++) {
			String path = route.path().replace("OTHER", this.others.get(caller)).replace("HUB", this.hub);
			HttpRequest request = HttpRequest.newBuilder(URI.create(this.gateway + "/api/v1/graph/" + path))
				.header("Authorization", this.callers.get(caller).authorization())
				.method(route.method(), HttpRequest.BodyPublishers.noBody())
				.build();
			HttpResponse<String> response = this.http.send(request, HttpResponse.BodyHandlers.ofString());
			if (!SUCCESS.contains(response.statusCode())) {
				throw new Problem(route.method() + " " + request.uri() + " got " + response.statusCode() + ": "
						+ response.body());
			}
		}
	}

	/**
	 * Measures a route. A write and the one that undoes it alternate, and only the first
	 * is measured.
	 * @return the CPU time of a request in µs, of graph-service and of the stores
	 */
	double[] measure(GrowthRoute route, GrowthRoute undo, int rounds) throws IOException, InterruptedException {
		this.meters.forEach(CpuMeter::reset);
		for (int round = 0; round < rounds; round++) {
			for (CpuMeter meter : this.meters) {
				meter.start();
			}
			round(route);
			settle(route);
			for (CpuMeter meter : this.meters) {
				meter.stop();
			}
			if (route.isWrite()) {
				round(undo);
				settle(undo);
			}
		}
		return this.meters.stream().mapToDouble((meter) -> meter.seconds() / (rounds * CALLERS) * MICROS).toArray();
	}

	/**
	 * Measures what the processes need without requests, which is no cost of any.
	 * @param interval the measured time, in which nothing is awaited
	 */
	void calibrate(Duration interval) throws IOException, InterruptedException {
		for (CpuMeter meter : this.meters) {
			meter.startIdle();
		}
		TimeUnit.MILLISECONDS.sleep(interval.toMillis());
		for (CpuMeter meter : this.meters) {
			meter.stopIdle();
		}
	}

	/** The events of a write are part of its cost. */
	private static void settle(GrowthRoute route) throws InterruptedException {
		if (route.isWrite()) {
			TimeUnit.MILLISECONDS.sleep(300);
		}
	}

}
