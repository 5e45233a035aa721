package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Sends the requests of one member of the group, and measures their CPU time. */
final class GrowthProbe {

	/** The others are too far from the member on the ring to be followed. */
	private static final int NEAREST = 15;

	private static final int FARTHEST = 85;

	/** How busy an idle process may be beyond what it was when nothing was asked. */
	private static final double IDLE_CORES = 0.03;

	private static final int UNCACHED = 10;

	private static final int MAX_IDLE_WAITS = 10;

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final RunningSystem system;

	private final RunningSystem.Instance service;

	private final ServiceMeters meters;

	private final CpuMeter idleMeter;

	private final Visitor caller;

	private final List<String> others = new ArrayList<>();

	private final String hub;

	private final Map<GrowthRoute, Path> scripts = new LinkedHashMap<>();

	GrowthProbe(RunningSystem system, GrowthGraph graph) throws IOException, InterruptedException {
		this.system = system;
		this.service = system.instances("graph-service").values().iterator().next();
		this.meters = new ServiceMeters(new CpuMeter(List.of(this.service)),
				new CpuMeter(ServiceMeters.storesOf(system, "mongodb", "redis")));
		this.idleMeter = new CpuMeter(List.of(this.service));
		this.caller = new Visitor(system.gatewayUrl(), graph.handle(0), GrowthGraph.PASSWORD);
		for (int other = NEAREST; other < FARTHEST; other++) {
			this.others.add(id(graph.handle(other)));
		}
		this.hub = id(graph.hub());
		for (GrowthRoute route : GrowthRoute.ALL) {
			this.scripts.put(route, Files.writeString(Files.createTempFile("agora", ".lua"),
					Wrk.inTurn(route.methods(), route.paths(this.others, this.hub))));
		}
	}

	private String id(String handle) throws IOException, InterruptedException {
		return this.caller.get("members?handle=" + handle).path("id").asString();
	}

	/**
	 * Loads a route on its connections, and waits until the events of its writes have
	 * been handled, which are part of their cost.
	 * @param seconds the duration of the load
	 */
	CpuCost measure(GrowthRoute route, int seconds) throws IOException, InterruptedException {
		Side side = new Side("graph-service, " + route.name(), this.service.pid(), URI.create(this.service.url()),
				headers(), this.scripts.get(route));
		this.meters.start();
		Sample sample = Wrk.load(side, this.service.pid(), seconds, route.connections());
		if (!route.isWrite()) {
			return this.meters.stop(sample.requests());
		}
		awaitIdle();
		CpuCost cost = this.meters.stop(sample.requests());
		undo(route);
		return cost;
	}

	/**
	 * Undoes what is left of a load: its connections may undo a write before they send
	 * it.
	 */
	private void undo(GrowthRoute write) throws IOException, InterruptedException {
		Map<String, String> headers = headers();
		for (String path : write.paths(this.others, this.hub)) {
			HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.service.url() + path)).DELETE();
			headers.forEach(request::header);
			HttpResponse<String> response = this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
			if (response.statusCode() >= 300) {
				throw new Problem(path + " could not be undone: " + response.statusCode() + " " + response.body());
			}
		}
	}

	/** Sends a read about some other members, each with an empty cache. */
	CpuCost measureUncached(GrowthRoute read, Redis cache) throws IOException, InterruptedException {
		double service = 0;
		double stores = 0;
		List<String> paths = read.paths(this.others.subList(0, UNCACHED), this.hub);
		for (String path : paths) {
			HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.service.url() + path));
			// A scan takes long, and an identity is valid for a minute.
			headers().forEach(request::header);
			cache.flush();
			this.meters.start();
			HttpResponse<String> response = this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
			CpuCost cost = this.meters.stop(1);
			if (response.statusCode() != 200) {
				throw new Problem(path + " got " + response.statusCode() + ": " + response.body());
			}
			service += cost.service();
			stores += cost.stores();
		}
		return new CpuCost(paths.size(), service, stores);
	}

	private Map<String, String> headers() throws IOException, InterruptedException {
		return InternalIdentity.headers(this.http, this.system, this.caller, "graph-service");
	}

	/** Measures what the processes need without requests, which is no cost of any. */
	void calibrate(int seconds) throws IOException, InterruptedException {
		this.idleMeter.startIdle();
		this.meters.calibrate(seconds);
		this.idleMeter.stopIdle();
	}

	private void awaitIdle() throws IOException, InterruptedException {
		double busy = 1;
		for (int wait = 0; wait < MAX_IDLE_WAITS && busy > IDLE_CORES; wait++) {
			this.idleMeter.reset();
			this.idleMeter.start();
			TimeUnit.SECONDS.sleep(1);
			this.idleMeter.stop();
			busy = this.idleMeter.seconds();
		}
	}

}
