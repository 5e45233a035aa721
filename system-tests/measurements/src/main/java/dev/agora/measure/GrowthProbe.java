package dev.agora.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

	private static final double MICROS = 1e6;

	/** How busy an idle process may be beyond what it was when nothing was asked. */
	private static final double IDLE_CORES = 0.03;

	private static final int MAX_IDLE_WAITS = 30;

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final RunningSystem system;

	private final RunningSystem.Instance service;

	private final CpuMeter serviceMeter;

	private final CpuMeter storesMeter;

	private final CpuMeter idleMeter;

	private final Visitor caller;

	private final Map<GrowthRoute, Path> scripts = new LinkedHashMap<>();

	GrowthProbe(RunningSystem system, GrowthGraph graph) throws IOException, InterruptedException {
		this.system = system;
		this.service = system.instances("graph-service").values().iterator().next();
		List<RunningSystem.Instance> stores = new ArrayList<>(system.instances("mongodb").values());
		stores.addAll(system.instances("redis").values());
		this.serviceMeter = new CpuMeter(List.of(this.service));
		this.storesMeter = new CpuMeter(stores);
		this.idleMeter = new CpuMeter(List.of(this.service));
		this.caller = new Visitor(system.gatewayUrl(), graph.handle(0), GrowthGraph.PASSWORD);
		List<String> others = new ArrayList<>();
		for (int other = NEAREST; other < FARTHEST; other++) {
			others.add(id(graph.handle(other)));
		}
		for (GrowthRoute route : GrowthRoute.ALL) {
			this.scripts.put(route,
					Files.writeString(Files.createTempFile("agora", ".lua"), route.script(others, id(graph.hub()))));
		}
	}

	private String id(String handle) throws IOException, InterruptedException {
		return this.caller.get("members?handle=" + handle).path("id").asString();
	}

	/**
	 * Loads a route on several connections, and waits until the events of its writes have
	 * been handled, which are part of their cost.
	 * @param seconds the duration of the load
	 * @return the CPU time of a request in µs, of graph-service and of the stores
	 */
	double[] measure(GrowthRoute route, int seconds) throws IOException, InterruptedException {
		Side side = new Side("graph-service, " + route.name(), this.service.pid(), URI.create(this.service.url()),
				InternalIdentity.headers(this.http, this.system, this.caller, "graph-service"),
				this.scripts.get(route));
		List<CpuMeter> meters = List.of(this.serviceMeter, this.storesMeter);
		for (CpuMeter meter : meters) {
			meter.reset();
			meter.start();
		}
		Sample sample = Wrk.load(side, this.service.pid(), seconds);
		awaitIdle();
		for (CpuMeter meter : meters) {
			meter.stop();
		}
		return meters.stream().mapToDouble((meter) -> meter.seconds() / sample.requests() * MICROS).toArray();
	}

	/**
	 * Measures what the processes need without requests, which is no cost of any.
	 * @param interval the measured time, in which nothing is awaited
	 */
	void calibrate(Duration interval) throws IOException, InterruptedException {
		List<CpuMeter> meters = List.of(this.serviceMeter, this.storesMeter, this.idleMeter);
		for (CpuMeter meter : meters) {
			meter.startIdle();
		}
		TimeUnit.MILLISECONDS.sleep(interval.toMillis());
		for (CpuMeter meter : meters) {
			meter.stopIdle();
		}
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
